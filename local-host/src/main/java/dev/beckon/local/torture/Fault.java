package dev.beckon.local.torture;

/** What a campaign does to the system, beside what the vendor does by itself. */
enum Fault {
  WORKER_KILLED("workers killed (SIGKILL)"),
  WORKER_FROZEN("workers frozen past their claims, then thawed"),
  STORE_CUT_BEFORE_REQUEST("store cut before a request"),
  STORE_CUT_WITHIN_REQUEST("store cut within a request"),
  STORE_CUT_BEFORE_REPLY("store cut after a write, its reply lost"),
  STORE_OUT("store outages"),
  QUEUES_EMPTIED("queues emptied"),
  HINTS_REPEATED("hints repeated"),
  HINTS_DELAYED("hints delayed"),
  MINUTES_PASSED("jumps of minutes, all clocks"),
  HOUR_PASSED("jumps past the life of a hint, all clocks"),
  STORM("storms of 429 or 503"),
  SILENCE("times without answers");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
