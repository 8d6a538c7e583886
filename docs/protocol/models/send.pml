/* Model A: one invitation, its parcel, redrive parcels, two workers, Sweep, vendor evidence.
 * DESIGN section 4 and 5 as written unless a FIX_ macro says otherwise.
 * The queue is abstracted to its worst case: any worker may be started on any parcel at any time
 * (duplicates, redelivery, reordering); loss only removes runs, its liveness is in parcel.pml.
 *   FIX_FENCE    fence keeps the 60 s of skew for itself: now < invocation deadline
 *   FIX_SETTLE   final stays final: RETRY only from SENDING; a definite refusal found IN_DOUBT files a redrive parcel
 *   FIX_REDRIVE  redrive is one write (a parcel); its dispatch reopens the row, once per parcel number
 *   FIX_RESEND   where resend is allowed the row goes to RETRY, never through IN_DOUBT
 *   FIX_READ     the read after a failed claim uses read concern majority
 *   FIX_GATEWAY  502 and 504 (a gateway speaking for a vendor that may have accepted) count as "written, no reply"
 *   FIX_DEADCOND the dead-letter function writes DEAD only over ACCEPTED or RETRY
 *   NO_SENDFIN   drops the rule that a late-refusal parcel is finished with a row IN_DOUBT under another send
 *   FIX_KEEPKEY  a late refusal keeps the episode, and with it the vendor's deduplication key
 *   FIX_WINDOW   a row that may have been accepted is not claimed when the vendor's deduplication may end before the send does
 *   FIX_PINLOAD  a row that may have been accepted is grouped for the vendor account that may have it, as it was loaded
 *   FIX_PIN      the same looked at once more under the claim: a row claimed for another account is put back
 *   FIX_CHCLAIM  a claim takes the row only on the channel it was loaded with
 *   FIX_CHDOUBT  a row of which a request may have been accepted does not go on by another channel
 *   NO_NUMBER    drops the rule that a redrive parcel's row is finished only when reopened under its number (or not to be reopened)
 * environment: FALLBACK (a row refused on its first channel, or whose channel's time is over, goes on by a second; a vendor knows a key on its own channel only), TWO (a second vendor account: any definite refusal yields to any account at once), DEDUP (the vendor drops a repeated key; DEDUPEND n: until then), PAUSE_IN_WRITE, ROLLBACK, GATEWAY, RESEND, REDRIVE (1 final refusals, 2 also IN_DOUBT), DEADFN, SKEW
 */
#ifndef MAXT
#define MAXT 5
#endif
#ifndef MAXATT
#define MAXATT 2
#endif
#ifndef REDRIVE
#define REDRIVE 0
#endif
#define VT 1            /* vendor time-out */
#define D  1            /* invocation deadline */
#define SK 1            /* the 60 s */
#define W  2
#ifdef PAUSE_IN_WRITE
#define TICKOK true
#else
#define TICKOK (!(inw[0] && now >= wmax[0]) && !(inw[1] && now >= wmax[1]))
#endif
#ifdef FIX_FENCE
#define FENCE(c,dl) (c < dl)
#else
#define FENCE(c,dl) (c + VT < dl + VT + SK)
#endif
#ifdef DEDUP
#define INWINDOW (now < DEDUPEND)
#else
#define INWINDOW true
#endif
#if defined(FIX_RESEND) && defined(RESEND) || defined(DEDUP)
#define SETTLEOK (st == SDG || st == DBT || st == RTY)
#else
#define SETTLEOK (st == SDG || st == DBT)
#endif

#define ACC 1
#define RTY 2
#define SDG 3
#define DBT 4
#define FLD 5
#define DED 6
#define SNT 7
#define DLV 8
#define BNC 9
#define FINAL(s) (s >= DBT)

#define NONE 0
#define READY 1
#define DONE 2

#define FROM(p) ((p == 1 && (st == FLD || st == DED || (REDRIVE == 2 && st == DBT))) || (p == 2 && st == DBT && snd == p2send))
#if defined(DEDUP) && !defined(DEDUPEND)
#define DEDUPEND 99
#endif
#ifdef FIX_KEEPKEY
#define KEY ep
#else
#define KEY tag
#endif
#ifdef NO_SENDFIN
#define HELDBY(p) ((p == 1 && FROM(1)) || (p == 2 && st == DBT))
#else
#define HELDBY(p) FROM(p)
#endif
#ifdef NO_NUMBER
#define FINISHED(p) FINAL(st)
#else
#define FINISHED(p) (FINAL(st) && !(HELDBY(p) && tag < pno[p]))
#endif

#define OK 1
#define NOREPLY 2
#define TRANS 3
#define PERM 4
#define UNWRITTEN 5
#define GW 6

byte now = 0, st = ACC, snd = 0, until = 0, att = 0, nb = 0, tag = 0;
byte me[W];             /* the send uuid a worker holds; values are reused once nobody remembers them */
byte pst[3];            /* 0 the batch's parcel, 1 operator redrive, 2 redrive filed by a settle */
byte pno[3];            /* number of a redrive parcel, in order of filing */
byte nextno = 1, p2send = 0;
byte key[W]; bool inw[W]; byte wmax[W];
byte clk1[W];           /* worker clock + 1 = now + skew + 1 */
byte accepts = 0, allow = 1, maxev = 0, redriven = 0;
bool unc = 0; byte sv_st, sv_snd, sv_att;
bool started = 0;
byte ep = 0, lastkey[2] = 99; bool doubt = 0;
#ifdef TWO
byte dat = 0;           /* 1 + the vendor account that may have accepted a request of this episode */
#define AT v
#define DOUBTAT dat = v + 1
#define NODOUBTAT dat = 0
#define AGAIN nb = 0
#else
#ifdef FALLBACK
#define AT c
#else
#define AT 0
#endif
#define DOUBTAT skip
#define NODOUBTAT skip
#define AGAIN nb = now + clk1[w] + 1
#endif


#ifdef FALLBACK
byte ch = 0;            /* the channel the row goes out by */
#ifdef FIX_CHDOUBT
#define MAYGOON (ch == 0 && !doubt)
#else
#define MAYGOON (ch == 0)
#endif
#define GOON ch = 1; att = 0; nb = 0; st = RTY
#else
#define MAYGOON false
#define GOON skip
#endif
#ifdef FIX_CHCLAIM
#define CHOK (c == ch)
#else
#define CHOK true
#endif

#if defined(DEDUP) && defined(FIX_WINDOW)
#define SAFEKEY !(doubt && now + VT + D + SK >= DEDUPEND)
#else
#define SAFEKEY true
#endif
#ifdef TWO
#define CLEAR v = 0; key[w] = 0; me[w] = 0; dl = 0; fenced = 0; res = 0; p = 0; obs = 0
#elif defined(FALLBACK)
#define CLEAR c = 0; key[w] = 0; me[w] = 0; dl = 0; fenced = 0; res = 0; p = 0; obs = 0
#else
#define CLEAR key[w] = 0; me[w] = 0; dl = 0; fenced = 0; res = 0; p = 0; obs = 0
#endif
#define CRASH atomic { CLEAR; goto end_loop }
#ifdef RESEND
#define RESENDV 1
#else
#define RESENDV 0
#endif

proctype Worker(byte w) {
  byte dl, res, p, obs; bool fenced;
#ifdef TWO
  byte v;
#endif
#ifdef FALLBACK
  byte c;
#endif
end_loop:
  /* take a message: load the parcel */
  atomic {
    if
    :: pst[0] == READY -> p = 0
    :: pst[1] == READY -> p = 1
    :: pst[2] == READY -> p = 2
    fi;
  }
#ifdef FIX_REDRIVE
  if
  :: p > 0 -> d_step {
       if
       :: p == 1 && !unc && (st == FLD || st == DED || (REDRIVE == 2 && st == DBT)) && tag < pno[1] ->
            if :: st == DBT -> allow++ :: else fi;
            st = ACC; tag = pno[1]; ep = pno[1]; doubt = 0; NODOUBTAT; att = 0; nb = 0
       :: p == 2 && !unc && st == DBT && snd == p2send && tag < pno[2] -> st = RTY; tag = pno[2]
       :: else
       fi }
  :: p == 0
  :: CRASH
  fi;
#endif
#ifdef TWO
  /* load the row, choose its vendor account */
  if
#ifdef FIX_PINLOAD
  :: atomic { dat > 0 -> v = dat - 1 }
  :: atomic { dat == 0 -> if :: v = 0 :: v = 1 fi }
#else
  :: atomic { if :: v = 0 :: v = 1 fi }
#endif
  :: CRASH
  fi;
#endif
#ifdef FALLBACK
  /* load the row with the channel it goes out by */
  if
  :: atomic { true -> c = ch }
  :: CRASH
  fi;
#endif
  /* claim last */
  if
#if defined(DEDUP) && defined(FIX_WINDOW)
  :: atomic { !unc && doubt && (st == ACC || st == RTY) && now + VT + D + SK >= DEDUPEND -> st = DBT; nb = 0; goto check }
#endif
  :: atomic { !unc && (st == ACC || st == RTY) && nb <= now + clk1[w] && CHOK && SAFEKEY ->
       if :: dl = now + clk1[w] :: dl = now + clk1[w] + D fi;    /* the invocation began now or earlier */
       if :: me[1-w] != 1 && p2send != 1 -> me[w] = 1 :: else ->
         if :: me[1-w] != 2 && p2send != 2 -> me[w] = 2 :: else -> me[w] = 3 fi fi;
#ifdef ROLLBACK
       sv_st = st; sv_snd = snd; sv_att = att;
#endif
       st = SDG; snd = me[w]; until = dl + VT + SK; nb = 0; att++; key[w] = KEY }
#ifdef ROLLBACK
     /* the claim may have reached only the primary: the driver reports an error, we read */
     if
     :: true                     /* acknowledged by a majority */
     :: atomic { st == SDG && snd == me[w] && !unc -> unc = 1 };
#ifdef FIX_READ
        !unc                     /* read concern majority: sees it only once committed (or not at all) */
#endif
     fi
#endif
  :: atomic { unc || !((st == ACC || st == RTY) && nb <= now + clk1[w] && CHOK) -> me[w] = 0; goto check }
  :: CRASH
  fi;
  /* find({_id, send}) */
  if
#if defined(TWO) && defined(FIX_PIN)
  :: atomic { snd == me[w] && st == SDG && dat > 0 && dat != v + 1 -> res = UNWRITTEN; fenced = 1; goto settle }
  :: atomic { snd == me[w] && st == SDG && !(dat > 0 && dat != v + 1) }
#else
  :: atomic { snd == me[w] && st == SDG }
#endif
  :: atomic { !(snd == me[w] && st == SDG) -> goto check }
  :: CRASH
  fi;
  /* fence, then first byte */
  if
  :: atomic { FENCE(now + clk1[w], dl) -> inw[w] = 1; wmax[w] = now + VT }
  :: atomic { !FENCE(now + clk1[w], dl) ->
#ifdef FIX_FENCE
       res = UNWRITTEN; fenced = 1; goto settle      /* nothing was written: put it back */
#else
       goto check
#endif
     }
  :: CRASH
  fi;
  /* the vendor */
  if
  :: atomic { inw[w] = 0; wmax[w] = 0;
#ifdef DEDUP
       if :: lastkey[AT] == key[w] && now < DEDUPEND -> skip :: else -> accepts++; lastkey[AT] = key[w] fi;
#else
       accepts++;
#endif
       assert(REDRIVE == 2 || accepts <= allow || RESENDV);       /* property 1 */
#ifndef NO_LATE_ASSERT
       assert(snd == me[w] && (st == SDG || st >= SNT));                              /* nothing is accepted under a send given up */
#endif
       if :: res = OK :: res = NOREPLY
#ifdef GATEWAY
          :: res = GW
#endif
       fi }
  :: atomic { inw[w] = 0; wmax[w] = 0; if :: res = TRANS :: res = PERM :: res = NOREPLY :: res = UNWRITTEN fi }
  :: atomic { inw[w] = 0; wmax[w] = 0; CLEAR; goto end_loop }
  fi;
settle:
  if
  :: d_step {
       if
       :: unc || snd != me[w]
       :: else ->
#ifdef FIX_GATEWAY
         if :: res == GW -> res = NOREPLY :: else fi;
#endif
         if
         :: res == OK && SETTLEOK -> st = SNT
         :: res == PERM && st == SDG && MAYGOON -> GOON
         :: res == PERM && !MAYGOON && (st == SDG || st == DBT) -> st = FLD
         :: res == NOREPLY && st == SDG ->
#if (defined(RESEND) && defined(FIX_RESEND)) || defined(DEDUP)
              if :: att >= MAXATT || !INWINDOW -> st = DBT :: else -> doubt = 1; DOUBTAT; st = RTY; nb = now + clk1[w] + 1 fi
#else
              st = DBT
#endif
         :: (res == TRANS || res == UNWRITTEN || res == GW) && st == SDG ->
              if :: res == UNWRITTEN && fenced -> att--; st = RTY; nb = now + clk1[w] + 1
                 :: else -> if :: att >= MAXATT && MAYGOON -> GOON :: att >= MAXATT && !MAYGOON -> st = DED :: else -> st = RTY; AGAIN fi
              fi
         :: (res == TRANS || res == UNWRITTEN || res == GW || (res == PERM && MAYGOON)) && st == DBT ->
#ifdef FIX_SETTLE
              if :: pst[2] == NONE -> pst[2] = READY; pno[2] = nextno; nextno++; p2send = me[w] :: else fi
#else
              if :: att >= MAXATT -> st = DED :: else -> st = RTY; nb = now + clk1[w] + 1 fi
#endif
         :: else
         fi
       fi;
       if :: st != SDG -> until = 0 :: else fi }
  :: CRASH
  fi;
check:
  /* read the row, then close the parcel: two steps */
  if :: atomic { obs = FINISHED(p) && !unc; me[w] = 0; dl = 0; fenced = 0; res = 0; if :: obs == 0 -> CLEAR; goto end_loop :: else fi } :: CRASH fi;
  if
  :: atomic { pst[p] = DONE; CLEAR; goto end_loop }
  :: CRASH
  fi
}

active proctype Sweep() {
end: do
  :: d_step { started && !unc && st == SDG && until <= now + 1 ->
#if defined(RESEND) && defined(FIX_RESEND)
       if :: att >= MAXATT -> st = DBT :: else -> st = RTY; nb = now + 1 fi;
#else
       st = DBT;
#endif
       until = 0 }
#if defined(RESEND) && !defined(FIX_RESEND)
  :: d_step { started && !unc && st == DBT && att < MAXATT -> st = RTY; nb = now + 1 }
#endif
  od
}

active proctype Clock() {
end: do
  :: atomic { started && now < MAXT && TICKOK -> now++ }
  od
}

active proctype Evidence() {
  byte e;
end: do
  :: atomic { accepts > 0 && !unc ->
       if :: e = SNT :: e = BNC fi;
       if :: e > st -> st = e; until = 0; nb = 0 :: else fi;
       if :: e > maxev -> maxev = e :: else fi;
       e = 0 }
  od
}

#if REDRIVE
active proctype Operator() {
end:
  atomic { started && (st == FLD || st == DED || (REDRIVE == 2 && st == DBT)) && !unc ->
#ifdef FIX_REDRIVE
    pst[1] = READY; pno[1] = nextno; nextno++ }
#else
#ifdef PARCEL_FIRST
    pst[0] = READY };
  if :: d_step { (st == FLD || st == DED || (REDRIVE == 2 && st == DBT)) ->
          if :: st == DBT -> allow++ :: else fi; st = ACC; att = 0; nb = 0 }
     :: !(st == FLD || st == DED || (REDRIVE == 2 && st == DBT))
     :: true
  fi
#else
    if :: st == DBT -> allow++ :: else fi; st = ACC; att = 0; nb = 0; redriven = 1 };
  if :: pst[0] = READY :: true /* crash */ fi;
  redriven = 0
#endif
#endif
}
#endif

#ifdef DEADFN
active proctype DeadLetters() {       /* a single-row parcel dead-lettered for the third time */
end:
  if
#ifdef FIX_DEADCOND
  :: d_step { started && (st == ACC || st == RTY) && !unc -> st = DED; nb = 0 }
#else
  :: d_step { started && !FINAL(st) && !unc -> st = DED; until = 0 }
#endif
  :: true
  fi
}
#endif

#ifdef FALLBACK
active proctype ChannelTime() {       /* any worker that loads the row finds its channel's time over */
  byte was;
end: do
  :: d_step { started && !unc && (st == ACC || st == RTY) && MAYGOON -> was = st; GOON; st = was; was = 0 }
  od
}
#endif

#ifdef ROLLBACK
active proctype Replica() {
end: do
  :: d_step { unc -> unc = 0 }
  :: d_step { unc -> unc = 0; st = sv_st; snd = sv_snd; att = sv_att }
  od
}
#endif

#define OPEN (pst[0] == READY || pst[1] == READY || pst[2] == READY)
#ifndef NO_MONITOR
active proctype Monitor() {
end: do
#ifndef ONLY_EVIDENCE
  :: atomic { started && (st == ACC || st == RTY) && !unc && !redriven && !OPEN -> assert(false) /* strand */ }
  :: atomic { started && pst[0] == DONE && !FINAL(st) && !unc && pst[1] != READY && pst[2] != READY -> assert(false) /* DONE with a row not final */ }
#endif
  :: atomic { pst[2] == READY && HELDBY(2) && !FROM(2) && tag < pno[2] && FINAL(st) -> assert(false) /* a parcel that nobody can finish: hinted at for ever */ }
  :: atomic { st < maxev -> assert(false) /* evidence lost or rank lowered */ }
  od
}
#endif

init {
  atomic {
    pst[0] = READY;
#ifdef SKEW
    if :: clk1[0] = 0 :: clk1[0] = 1 :: clk1[0] = 2 fi;
#else
    clk1[0] = 1;
#endif
    clk1[1] = 1;
    run Worker(0); run Worker(1);
    started = 1
  }
}
