/* Model D: one contact over time. Two invitations of one recipient, in two batches; the fatigue window passes; a failed
 * row is redriven; intakes run again late; two workers confirm the contact just before they claim.
 * Time is real here: a contact holds `until`; a claim holds until `ce` (sendUntil), and nothing is accepted later (send.pml).
 *   FIX_CONFIRM  claim time: passes when the contact is `by` the row and `until` outlives the claim; else it contends again
 *   FIX_RETAKE   a row that was redriven always contends again
 *   FIX_NONCE    every take writes a fresh mark; a take-over is conditional on the mark as read, not on {by, until}
 *   FIX_RISE     a take-over too writes a later `until` than it read
 *   FIX_TICK     the mark is `until` itself: a take of one's own contact writes at least a tick more than was read
 *   FIX_MAX      a take never lowers its own `until` (an intake that runs again writes its old one)
 *   FIX_SELF     a loser that finds itself the owner has won only when `until` is as late as it asked for; else it takes again
 *   FIX_NUMBER   the claim names `redriven` as it was when the worker loaded the row
 *   FIX_TSN      a loser at claim time becomes TOO_SOON from RETRY too
 *   FIX_END      a claim-time take holds until the claim's end + window, not now + window
 *   FIX_FRESH    every claim takes again, so that the window counts from the send (STRICT asks for that)
 * environment: REDRIVES (number of redrives), RERUN (intake of row 0 runs again any time), RETRIES, WIN (window), MAXT
 */
#ifndef WIN
#define WIN 2
#endif
#ifndef MAXT
#define MAXT 4
#endif
#ifndef REDRIVES
#define REDRIVES 0
#endif
#define CL 1               /* from the choice of a claim's end to that end */
#define NONE 3
#define NO  0
#define ACC 1
#define RTY 2
#define SDG 3
#define DBT 4
#define SNT 5
#define FLD 6
#define TSN 7
#define NOTSENT(s) (s == NO || s >= FLD)
#define OPENROW(s) (s == ACC || s == RTY)

byte now = 0;
byte st[2], own[2], su[2], red[2], acc[2]; bool ready[2];
byte by = NONE, until = 0, ver = 0;
byte rpn[2]; byte redrives = 0;
byte lastBy = NONE, lastUntil = 0, lastSent = 0;

#ifdef FIX_NONCE
#define MARK ver = (ver + 1) % 16
#define SAME (ver == v)
#else
#define MARK skip
#define SAME (until == v)
#endif
#ifdef FIX_MAX
#define PUT(i, u) if :: by == i && until > u -> skip :: else -> until = u fi; by = i; MARK
#else
#define PUT(i, u) until = u; by = i; MARK
#endif
#ifdef FIX_RISE
#define OVER(i, u) if :: u > until -> until = u :: else -> until = until + 1 fi; by = i
#else
#define OVER(i, u) PUT(i, u)
#endif
#ifdef FIX_NONCE
#define ASREAD v = ver
#else
#define ASREAD v = until
#endif

#ifdef FIX_SELF
#define LASTS(u) (until >= u)
#else
#define LASTS(u) true
#endif

/* take, else read the contact, then its holder: 1 won, 2 lost */
inline contend(i, u, out) {
  out = 0; v = 0; h = NONE;
  do
  :: atomic { out == 0 && (by == NONE || by == i || until <= now) -> PUT(i, u); out = 1; break }
  :: atomic { out == 0 && !(by == NONE || by == i || until <= now) -> out = 3 }
  :: atomic { out == 3 && by == i && LASTS(u) -> out = 1; break }
  :: atomic { out == 3 && by == i && !LASTS(u) -> out = 0 }      /* ours, but for too short: take it again */
  :: atomic { out == 3 && by != i -> h = by; ASREAD; out = 4 }
  :: atomic { out == 4 && NOTSENT(st[h]) -> out = 5 }
  :: atomic { out == 4 && !NOTSENT(st[h]) -> out = 2; break }
  :: atomic { out == 5 && by == h && SAME -> OVER(i, u); out = 1; break }
  :: atomic { out == 5 && !(by == h && SAME) -> out = 0 }
  od;
  atomic { v = 0; h = NONE }
}

proctype Intake(byte i) {
  byte v, h, out;
  d_step { if :: st[i] == NO -> st[i] = ACC; acc[i] = now :: else fi };
  contend(i, acc[i] + WIN, out);
  d_step { if :: out == 2 && st[i] == ACC -> st[i] = TSN :: else fi; ready[i] = 1; out = 0 }
}

#ifdef FIX_END
#define NEWUNTIL (ce + WIN)
#else
#define NEWUNTIL (now + WIN)
#endif
#ifdef FIX_RETAKE
#define KEEPS (redL == 0)
#else
#define KEEPS true
#endif
#ifdef FIX_FRESH
#define LONG (until >= ce + WIN)
#else
#define LONG true
#endif
#ifdef FIX_NUMBER
#define ASLOADED (red[i] == redL)
#else
#define ASLOADED true
#endif
#ifdef FIX_TICK
#define LATER t
#define MARKED t = (by == i -> until + 1 : 0); if :: NEWUNTIL > t -> t = NEWUNTIL :: else fi
#else
#define LATER NEWUNTIL
#define MARKED skip
#endif
#define CLEAR t = 0; i = 0; ce = 0; redL = 0; out = 0; v = 0; h = NONE; res = 0

proctype Worker(byte w) {
  byte i, ce, redL, out, v, h = NONE, res, t;
end_loop:
  atomic { if :: ready[0] && (OPENROW(st[0]) || red[0] < rpn[0]) -> i = 0 :: ready[1] && (OPENROW(st[1]) || red[1] < rpn[1]) -> i = 1 fi; ce = now + CL };
  d_step { if :: rpn[i] > red[i] && st[i] == FLD -> st[i] = ACC; red[i] = rpn[i] :: else fi };      /* reopen first */
  atomic { if :: OPENROW(st[i]) -> redL = red[i] :: else -> CLEAR; goto end_loop fi };              /* load */
#ifdef FIX_CONFIRM
  atomic {
    if
    :: by == i && until > ce && KEEPS && LONG -> out = 1
    :: else -> out = 0; MARKED
    fi };
  if
  :: out == 1
  :: out == 0 -> contend(i, LATER, out)
  fi;
  if
  :: out == 2 -> d_step {
       if :: st[i] == ACC -> st[i] = TSN
          :: st[i] == RTY ->
#ifdef FIX_TSN
             st[i] = TSN
#else
             assert(false)        /* it lost its contact and stays open: tried for ever */
#endif
          :: else fi; CLEAR }; goto end_loop
  :: out == 1
  fi;
#endif
  if                                                                                                 /* claim */
  :: atomic { OPENROW(st[i]) && ASLOADED -> st[i] = SDG; own[i] = w + 1; su[i] = ce }
  :: atomic { !(OPENROW(st[i]) && ASLOADED) -> CLEAR; goto end_loop }
  fi;
  if                                                                                                 /* fence, vendor */
  :: atomic { now <= ce -> res = 1;
       assert(by == i);                                             /* the contact is ours while the vendor accepts */
       assert(lastBy == NONE || lastBy == i || now >= lastUntil);   /* nobody was asked inside a window that still holds */
#ifdef STRICT
       assert(lastBy == NONE || lastBy == i || now >= lastSent + WIN);
#endif
       lastBy = i; lastUntil = until; lastSent = now }
  :: atomic { now <= ce -> res = 2 }         /* refused for good */
#ifdef RETRIES
  :: res = 3                                 /* refused for now, or put back by the fence */
#endif
  :: atomic { CLEAR; goto end_loop }         /* crash */
  fi;
  d_step {
    if :: own[i] == w + 1 && st[i] == SDG -> own[i] = 0; su[i] = 0;
          if :: res == 1 -> st[i] = SNT :: res == 2 -> st[i] = FLD :: res == 3 -> st[i] = RTY fi
       :: own[i] == w + 1 && st[i] == DBT && res < 3 -> own[i] = 0;
          if :: res == 1 -> st[i] = SNT :: res == 2 -> st[i] = FLD fi
       :: else
    fi; CLEAR };
  goto end_loop
}

active proctype Sweep() {
end: do
  :: d_step { st[0] == SDG && su[0] < now -> st[0] = DBT; su[0] = 0 }
  :: d_step { st[1] == SDG && su[1] < now -> st[1] = DBT; su[1] = 0 }
  od
}
active proctype Clock() { end: do :: atomic { now < MAXT -> now++ } od }

#if REDRIVES > 0
active proctype Operator() {
end: do
  :: atomic { redrives < REDRIVES && st[0] == FLD && rpn[0] == red[0] -> redrives++; rpn[0] = redrives }
  :: atomic { redrives < REDRIVES && st[1] == FLD && rpn[1] == red[1] -> redrives++; rpn[1] = redrives }
  od
}
#endif

init { atomic {
  run Worker(0); run Worker(1); run Intake(0); run Intake(1);
#ifdef RERUN
  run Intake(0);
#endif
} }
