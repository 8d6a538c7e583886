/* Model G: an intake of two rows whose insertMany may be stored in part, later, or never; run twice, the second run perhaps
 * with other rows, because the configuration was mended in between; Sweep; the 24 h rule. Parcel 0 has the plain name and the
 * rows of the run that stored it first; parcel 1 and 2 are named by their rows, {1} and {0,1}.
 *   FIX_COUNT  READY needs all rows stored; after 24 h the missing ids are stored as CANCELLED
 *   FIX_NAME   a run whose rows differ from the stored parcel's uses a parcel named by its rows
 */
#define NO  0
#define ACC 1
#define SNT 2
#define CXL 3
#define FILLING 1
#define READY 2
#define DONE 3
byte st[2], pst[3], asked[2]; bool first[3];     /* first: the parcel holds row 0 as well */
bool fly[4];                           /* n*2+row: an insert under way at the server */
#define STORED(p) (st[1] != NO && (!first[p] || st[0] != NO))
#define ALLFINAL(p) ((!first[p] || st[0] != ACC) && st[1] != ACC)

proctype Intake(byte n) {            /* n 0: rows 0 and 1; n 1: rows 0 and 1, or only 1 */
  bool both; byte p;
  if :: both = 1 :: n == 1 -> both = 0 fi;
  /* insert the parcel; one stored under the name is left as it is */
  if :: d_step { if :: pst[0] == NO -> pst[0] = FILLING; first[0] = both :: else fi } :: goto stop fi;
#ifdef FIX_NAME
  /* read it back: of other rows? then one named by ours */
  if
  :: atomic { first[0] == both }
  :: atomic { first[0] != both -> p = (both -> 2 : 1); if :: pst[p] == NO -> pst[p] = FILLING; first[p] = both :: else fi }
  fi;
#endif
  atomic { if :: both -> fly[n * 2] = 1 :: else fi; fly[n * 2 + 1] = 1 };
  if
  :: atomic { (!both || !fly[n * 2]) && !fly[n * 2 + 1] && (!both || st[0] != NO) && st[1] != NO }     /* answered: all stored */
  :: goto stop                                                                                             /* no answer: an error */
  fi;
  d_step { if :: pst[p] == FILLING -> pst[p] = READY :: else fi };
stop: p = 0
}
active proctype Server() {             /* stores row by row, or loses it */
  byte k;
end: do
  :: atomic { fly[0] -> k = 0; goto one }
  :: atomic { fly[1] -> k = 1; goto one }
  :: atomic { fly[2] -> k = 2; goto one }
  :: atomic { fly[3] -> k = 3; goto one }
  :: atomic { false };
one: atomic { fly[k] = 0; if :: st[k % 2] == NO -> st[k % 2] = ACC :: st[k % 2] != NO :: true fi; k = 0 }
  od
}
active proctype Sweep() {
  byte p;
end: do
  :: atomic { if :: pst[0] == FILLING -> p = 0 :: pst[1] == FILLING -> p = 1 :: pst[2] == FILLING -> p = 2 fi };
#ifdef FIX_COUNT
     if
     :: atomic { !STORED(p) -> p = 0; goto end }                                     /* waits for its re-run */
     :: atomic { !STORED(p) && first[p] && st[0] == NO -> st[0] = CXL }             /* 24 h: one bulk, row by row */
     :: atomic { !STORED(p) && st[1] == NO -> st[1] = CXL }
     :: atomic { STORED(p) -> pst[p] = (pst[p] == FILLING -> READY : pst[p]) }
     fi;
#else
     atomic { pst[p] = (pst[p] == FILLING -> READY : pst[p]) };
#endif
     p = 0
  od
}
active proctype Dispatch() {
  byte p;
end: do
  :: atomic { if :: pst[0] == READY -> p = 0 :: pst[1] == READY -> p = 1 :: pst[2] == READY -> p = 2 fi };
     if :: d_step { first[p] && st[0] == ACC -> st[0] = SNT; asked[0]++ } :: d_step { st[1] == ACC -> st[1] = SNT; asked[1]++ } :: true fi;
     if :: atomic { ALLFINAL(p) -> pst[p] = DONE } :: atomic { !ALLFINAL(p) } fi;
     p = 0
  od
}
#define COVER(p, r) ((pst[p] == FILLING || pst[p] == READY) && (r == 1 || first[p]))
active proctype Monitor() {
end: do
  :: atomic { st[0] == ACC && !COVER(0, 0) && !COVER(2, 0) -> assert(false) /* strand */ }
  :: atomic { st[1] == ACC && !COVER(0, 1) && !COVER(1, 1) && !COVER(2, 1) -> assert(false) /* strand */ }
  :: atomic { asked[0] > 1 || asked[1] > 1 -> assert(false) }
  od
}
init { atomic { run Intake(0); run Intake(1) } }
