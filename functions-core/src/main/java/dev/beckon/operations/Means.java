package dev.beckon.operations;

import dev.beckon.invitation.InvitationState;

/** How whoever reads a remedy can do it. */
public enum Means {
  /** By the command line. */
  COMMANDS {
    @Override
    String redrive() {
      return "./beckon redrive";
    }

    @Override
    String redriveExpired() {
      return "./beckon redrive --expires";
    }

    @Override
    String redrive(InvitationState state) {
      return "./beckon redrive --state " + state;
    }
  },
  /** By the HTTP API. */
  REQUESTS {
    @Override
    String redrive() {
      return "POST /v1/redrives";
    }

    @Override
    String redriveExpired() {
      return "POST /v1/redrives with expires";
    }

    @Override
    String redrive(InvitationState state) {
      return "POST /v1/redrives with " + state + " among its states";
    }
  };

  abstract String redrive();

  abstract String redriveExpired();

  abstract String redrive(InvitationState state);
}
