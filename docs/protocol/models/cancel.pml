/* Model F: hold and cancel of a batch; evidence over every not-sent state; where resend is allowed, a row that may have been
 * accepted. One row, its parcel, two workers, Sweep, an operator who holds, releases and cancels, an intake that may come late.
 * Cancel writes the batch first, then the open rows; either step may be cut off. The dispatcher reads the batch document,
 * then loads and claims. Time is abstract as in window.pml.
 *   FIX_BATCH    a worker that finds the batch CANCELLED moves its open rows to CANCELLED (else only cancel's own write does)
 *   FIX_DEFER    a worker that finds the batch HELD leaves its parcel READY (else: parcel DONE when nothing is to be sent)
 *   FIX_EVIDENCE evidence beats CANCELLED and SUPPRESSED too (in doubt of nothing: the vendor has it)
 *   FIX_DOUBT    RETRY after "written, no reply" carries a mark; a drop of a marked row makes it IN_DOUBT
 *   RESEND       expired claims and "written, no reply" become RETRY; SENT settles in RETRY too
 *   REDRIVE      the operator redrives a CANCELLED row (once)
 *   LATE         a definite refusal that finds IN_DOUBT files a redrive parcel
 */
#define W 2
#ifndef MAXATT
#define MAXATT 2
#endif
#define NO  0
#define ACC 1
#define RTY 2
#define SDG 3
#define DBT 4
#define FLD 5
#define CXL 6
#define SUP 7
#define SNT 8
#define BNC 9
#define FINAL(s) (s >= DBT)
#define OPENROW(s) (s == ACC || s == RTY)
#define LIVE 0
#define HELD 1
#define CANCELLED 2
#define READY 1
#define DONE 2
#define OK 1
#define TRANS 2
#define NOREPLY 3
#define FENCED 4

byte st = NO, own = 0, att = 0, batch = LIVE; bool doubt = 0;
byte pst[3], red = 0, maxev = 0;        /* parcels: 0 of the batch, 1 operator redrive, 2 late refusal */
bool redrove = 0;
byte p2own = 0;
bool accepted = 0, gone[W];
byte accepts = 0, holds = 0;

#ifdef FIX_DOUBT
#define DROP(s) st = (doubt -> DBT : s)
#else
#define DROP(s) st = s
#endif
#ifdef RESEND
#define GIVEUP if :: att >= MAXATT -> st = DBT :: else -> st = RTY; doubt = 1 fi
#define LATEOK (st == SDG || st == DBT || st == RTY)
#else
#define GIVEUP st = DBT
#define LATEOK (st == SDG || st == DBT)
#endif
#define FROM(p) ((p == 1 && st == CXL) || (p == 2 && st == DBT && own == p2own))
#define FINISHED(p) (FINAL(st) && !(FROM(p) && red < p))
#define CLEAR me = 0; p = 0; seen = 0; res = 0; obs = 0

proctype Worker(byte w) {
  byte p, seen, res; bool me, obs;
end_loop:
  atomic { if :: pst[0] == READY -> p = 0 :: pst[1] == READY -> p = 1 :: pst[2] == READY -> p = 2 fi };
  seen = batch;
  if
  :: atomic { seen == HELD ->
#ifdef FIX_DEFER
       CLEAR; goto end_loop
#else
       pst[p] = DONE; CLEAR; goto end_loop
#endif
     }
  :: seen != HELD
  fi;
  if :: p > 0 -> d_step { if :: FROM(p) && red < p -> if :: p == 1 -> st = ACC; att = 0; doubt = 0 :: else -> st = RTY fi; red = p :: else fi }
     :: p == 0 fi;
  if
  :: atomic { seen == CANCELLED ->
#ifdef FIX_BATCH
       if :: OPENROW(st) -> DROP(CXL) :: else fi;
#endif
       assert(!OPENROW(st));       /* found cancelled and left open: for ever */
       goto check }
  :: atomic { seen == LIVE && OPENROW(st) -> st = SDG; own = w + 1; att++; me = 1; gone[w] = 0 }
  :: atomic { seen == LIVE && OPENROW(st) -> DROP(SUP); goto check }          /* on the suppression list meanwhile */
  :: atomic { seen == LIVE && !OPENROW(st) -> goto check }
  fi;
  atomic {
    if
    :: gone[w] -> res = FENCED
    :: !gone[w] -> accepted = 1; accepts++;
#ifndef RESEND
       assert(accepts <= 1);
#endif
       if :: res = OK :: res = NOREPLY fi
    :: !gone[w] -> if :: res = TRANS :: res = NOREPLY :: res = FENCED fi
    :: CLEAR; goto end_loop                                                   /* crash */
    fi };
  d_step {
    if
    :: own != w + 1
    :: own == w + 1 && res == OK && LATEOK -> st = SNT
    :: own == w + 1 && res == NOREPLY && st == SDG -> GIVEUP
    :: own == w + 1 && (res == TRANS || res == FENCED) && st == SDG ->
         if :: res == TRANS && att >= MAXATT -> DROP(FLD) :: else -> st = RTY; if :: res == FENCED -> att-- :: else fi fi
#ifdef LATE
    :: own == w + 1 && (res == TRANS || res == FENCED) && st == DBT && !doubt && pst[2] == 0 -> pst[2] = READY; p2own = own
#endif
    :: else
    fi;
    gone[w] = 0 };
check:
  atomic { obs = FINISHED(p); if :: obs :: !obs -> CLEAR; goto end_loop fi };
  atomic { pst[p] = DONE; CLEAR; goto end_loop }
}

proctype Intake() {
  d_step { st = ACC };
  pst[0] = READY
}

active proctype Sweep() {
end: do
  :: d_step { st == SDG -> GIVEUP; if :: own > 0 -> gone[own - 1] = 1 :: else fi }
  od
}

active proctype Operator() {
end: do
  :: atomic { batch == LIVE && holds < 1 -> batch = HELD; holds++ }
  :: atomic { batch == HELD -> batch = LIVE }
  :: atomic { batch != CANCELLED -> skip };
     batch = CANCELLED;
     if :: d_step { if :: OPENROW(st) -> DROP(CXL) :: else fi } :: true fi;    /* or cut off */
     break
  od;
#ifdef REDRIVE
end2: atomic { st == CXL && !redrove -> redrove = 1; pst[1] = READY }
#endif
}

active proctype Evidence() {
end: do
#ifdef FIX_EVIDENCE
  :: atomic { accepted && st < SNT -> st = SNT; maxev = SNT }
#else
  :: atomic { accepted && st < SNT -> if :: st != CXL && st != SUP -> st = SNT :: else fi; maxev = SNT }
#endif
  :: atomic { accepted && st != BNC && maxev == SNT -> st = BNC; maxev = BNC }
  od
}

active proctype Monitor() {
end: do
  :: atomic { OPENROW(st) && pst[0] == DONE && pst[1] != READY && pst[2] != READY -> assert(false) /* strand */ }
  :: atomic { st < maxev -> assert(false) /* evidence lost */ }
#ifdef CLEAN
  :: atomic { accepted && (st == CXL || st == SUP || st == FLD) -> assert(false) /* not sent, says the row; the vendor has it */ }
#endif
  od
}
init { atomic { run Worker(0); run Worker(1); run Intake() } }
#ifdef LTL
ltl ends { [] ((batch == CANCELLED) -> <> (st >= DBT && pst[0] == DONE)) }
#endif
