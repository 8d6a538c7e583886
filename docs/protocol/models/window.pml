/* Model E: a rolling window of two rows. updateMany and bulk writes are not atomic over rows: the server works row by row,
 * a lost connection leaves some rows written and some not, and the server may go on after the worker stopped waiting.
 * Two workers on one parcel; each store trip claims what is open under a fresh send id, settles any finished rows, together
 * or one by one; a row settled RETRY is claimed again in the same window under another id while its neighbour is under way.
 * Time is abstract: Sweep expires any claim any time; a worker never sends under an expired claim (send.pml shows that).
 *   NO_READBACK  the worker believes its updateMany instead of reading back what carries its send id
 *   NO_SEND      a settle is conditional on the state alone, not on {_id, send}
 *   GHOST        a settle whose answer was lost may also be carried out once more, any time later
 *   CRASH        workers also crash and start anew (otherwise a worker only stops for ever, and the other goes on)
 */
#define W 2
#define ACC 1
#define RTY 2
#define SDG 3
#define DBT 4
#define DED 6
#define SNT 7
#define FINAL(s) (s >= DBT)
#define OPENROW(s) (s == ACC || s == RTY)
#define CLAIMABLE(r) (OPENROW(st[r]) && att[r] < MAXATT)      /* attempts are not given back here: that bounds the model */
#ifndef MAXATT
#define MAXATT 2
#endif
#ifndef LOSSES
#define LOSSES 1
#endif
#define OK 1
#define TRANS 2
#define NOREPLY 4
#define FENCED 5

byte st[2] = ACC, snd[2], att[2], accepts[2];
byte cs[W];                 /* id of the claim the server still works on */
bool pend[4];               /* w*2+r: it has not come to this row yet */
byte hold[4], out[4];       /* w*2+r: the id the worker sends the row under; its answer */
bool gone[4];               /* w*2+r: Sweep expired that claim: the fence holds it back */
byte gs[W], gr[W], go[W];   /* a settle the server may still carry out: id, row, outcome */
byte losses = 0;
bool done = 0;

/* ids of a worker: 1-5 or 6-10; the smallest one that nobody remembers, so that ids do not multiply the states */
#define USED(x) (snd[0]==x || snd[1]==x || hold[w*2]==x || hold[w*2+1]==x || cs[w]==x || gs[w]==x)
#define FRESH if :: !USED(w*5+1) -> cs[w] = w*5+1 :: else -> if :: !USED(w*5+2) -> cs[w] = w*5+2 :: else -> if :: !USED(w*5+3) -> cs[w] = w*5+3 :: else -> if :: !USED(w*5+4) -> cs[w] = w*5+4 :: else -> cs[w] = w*5+5 fi fi fi fi
/* an id on a row that is not under way any more and that nobody holds says nothing */
#define TIDY(r) if :: st[r] != SDG && hold[r] != snd[r] && hold[2+r] != snd[r] -> snd[r] = 0 :: else fi

#ifdef NO_SEND
#define MINE(r, s) true
#else
#define MINE(r, s) (snd[r] == s)
#endif
/* one entry of a settle */
#define APPLY(r, s, o) if :: MINE(r, s) && st[r] == SDG -> \
     if :: o == OK -> st[r] = SNT :: o == NOREPLY -> st[r] = DBT \
        :: o == FENCED -> st[r] = RTY \
        :: o == TRANS -> if :: att[r] >= MAXATT -> st[r] = DED :: else -> st[r] = RTY fi fi \
   :: MINE(r, s) && st[r] == DBT && o == OK -> st[r] = SNT \
   :: else fi
#define H(r) hold[w * 2 + r]
#define O(r) out[w * 2 + r]
#define P(r) pend[w * 2 + r]
#ifdef NO_READBACK
#define READ(r) true
#else
#define READ(r) (snd[r] == cs[w] && st[r] == SDG)
#endif
#define FORGET(r) H(r) = 0; O(r) = 0; gone[w * 2 + r] = 0

proctype Worker(byte w) {
  bool mine[2]; byte r;
end_loop:
  do
  /* a trip claims every open row it does not hold, while others of its rows are under way */
  :: atomic { !done && !P(0) && !P(1) && ((H(0) == 0 && CLAIMABLE(0)) || (H(1) == 0 && CLAIMABLE(1))) ->
       FRESH;
       if :: H(0) == 0 && CLAIMABLE(0) -> P(0) = 1; mine[0] = 1 :: else fi;
       if :: H(1) == 0 && CLAIMABLE(1) -> P(1) = 1; mine[1] = 1 :: else fi };
     if
     :: atomic { !P(0) && !P(1) }           /* answered */
     :: atomic { losses < LOSSES -> losses++ }       /* connection lost: the server may go on */
     fi;
     atomic {                                /* find({_id, send}) */
       if :: mine[0] && READ(0) -> H(0) = cs[w]; O(0) = 0; gone[w * 2] = 0 :: else fi;
       if :: mine[1] && READ(1) -> H(1) = cs[w]; O(1) = 0; gone[w * 2 + 1] = 0 :: else fi;
       mine[0] = 0; mine[1] = 0;
       if :: P(0) || P(1) :: else -> cs[w] = 0 fi }
  /* the vendor */
  :: atomic { H(0) != 0 && O(0) == 0 -> r = 0; goto vendor }
  :: atomic { H(1) != 0 && O(1) == 0 -> r = 1; goto vendor }
  /* settle one finished row (a bulk is its entries in any order; another may come in a later trip) */
  :: atomic { O(0) != 0 -> r = 0; goto settle }
  :: atomic { O(1) != 0 -> r = 1; goto settle }
  /* crash: what the server works on goes on without us */
#ifdef CRASH
  :: atomic { FORGET(0); FORGET(1); TIDY(0); TIDY(1); r = 0 }
#endif
  /* close */
  :: atomic { !done && H(0) == 0 && H(1) == 0 && FINAL(st[0]) && FINAL(st[1]) -> done = 1 }
  od;
vendor:
  atomic {
    if
    :: gone[w * 2 + r] -> O(r) = FENCED
    :: !gone[w * 2 + r] -> accepts[r]++; assert(accepts[r] <= 1); if :: O(r) = OK :: O(r) = NOREPLY fi
    :: !gone[w * 2 + r] -> if :: O(r) = TRANS :: O(r) = FENCED fi
    fi; r = 0; goto end_loop }
settle:
  atomic {
    if
    :: true -> APPLY(r, H(r), O(r)); FORGET(r)                                     /* carried out, answered */
    :: true -> APPLY(r, H(r), O(r))                                        /* carried out, answer lost: written again */
    :: true                                                                /* not carried out, written again */
#ifdef GHOST
    :: gs[w] == 0 -> gs[w] = H(r); gr[w] = r; go[w] = O(r)                 /* answer lost, may be carried out later as well */
#endif
    fi; TIDY(r); r = 0; goto end_loop }
}

active proctype Server() {      /* goes on with claims row by row, or never comes to a row */
end: do
  :: atomic { pend[0] -> pend[0] = 0; if :: CLAIMABLE(0) -> st[0] = SDG; snd[0] = cs[0]; att[0]++ :: else fi }
  :: atomic { pend[1] -> pend[1] = 0; if :: CLAIMABLE(1) -> st[1] = SDG; snd[1] = cs[0]; att[1]++ :: else fi }
  :: atomic { pend[2] -> pend[2] = 0; if :: CLAIMABLE(0) -> st[0] = SDG; snd[0] = cs[1]; att[0]++ :: else fi }
  :: atomic { pend[3] -> pend[3] = 0; if :: CLAIMABLE(1) -> st[1] = SDG; snd[1] = cs[1]; att[1]++ :: else fi }
  :: atomic { pend[0] -> pend[0] = 0 }
  :: atomic { pend[1] -> pend[1] = 0 }
  :: atomic { pend[2] -> pend[2] = 0 }
  :: atomic { pend[3] -> pend[3] = 0 }
#ifdef GHOST
  :: atomic { gs[0] != 0 -> APPLY(gr[0], gs[0], go[0]); gs[0] = 0; gr[0] = 0; go[0] = 0 }
  :: atomic { gs[1] != 0 -> APPLY(gr[1], gs[1], go[1]); gs[1] = 0; gr[1] = 0; go[1] = 0 }
#endif
  od
}
#define EXPIRE(r) st[r] = DBT; if :: hold[r] == snd[r] -> gone[r] = 1 :: else fi; if :: hold[2 + r] == snd[r] -> gone[2 + r] = 1 :: else fi; TIDY(r)
active proctype Sweep() {
end: do
  :: atomic { st[0] == SDG -> EXPIRE(0) }
  :: atomic { st[1] == SDG -> EXPIRE(1) }
  od
}
active proctype Monitor() {
end: do
  :: atomic { done && !(FINAL(st[0]) && FINAL(st[1])) -> assert(false) }
  :: atomic { st[0] == DED && accepts[0] > 0 -> assert(false) /* not sent, says the row; the vendor has it */ }
  :: atomic { st[1] == DED && accepts[1] > 0 -> assert(false) }
  od
}
init { atomic { run Worker(0); run Worker(1) } }
