package dev.beckon.local.cloud;

/** What runs the handlers. */
public enum Runner {
  /** All in one worker process, on AWS. */
  WORKER,
  /** Each in a process of its own, under Lambda's runtime client. */
  LAMBDA,
  /** All in the staged function app, on Azure. */
  FUNCTIONS
}
