// Package figures adds up what was decided, so that nobody can work out what one
// person or a few answered: not from one table, not from several, not by asking for
// two ranges of days and taking one from the other, and not by asking again later. All
// that tells numbers of decisions to somebody who may not read the log tells these: the
// page, its files, the API, the commands, the weekly report and the public file. A
// number from elsewhere, less one of these, might be somebody. So gaps between what was
// shown, decided and stored, which are told the same day and of all who decided, are told
// in words without a number.
//
// The days of a site are cut into units once: some days on end, always the same
// ones whatever range is asked for. Each unit is arranged by itself. Columns and
// rows are put together, and categories are hidden, until no number in it is about
// one to four people, and none can be worked out of the others. What is shown of a
// range is the sum of the units that end in it. So whatever anybody adds or takes
// away is made of numbers that are nobody's or about at least five. What was put
// together in a unit stays together in the sum, in one row or column that is not
// told apart.
//
// Totals are of runs: days on end until at least five have decided. A unit is made
// of whole runs. It closes at the end of the first run at which nothing has to be
// put together, or else when a month (UTC) is over, at the end of its last run. The
// days that are left over go with the next month. A month in which nobody can be
// told apart waits for the next one, until the quarter is over.
//
// There is one sequence of units for all tables. A sequence for each would show
// some of them sooner, but then numbers of other days would stand beside each
// other, and outcomes that are apart in one table could be had from another.
//
// Notices that follow each other may ask about different categories, and what one of them
// asked, less what another asked, is about few again. So of a unit whose notices asked
// differently nothing is told by category. Nor is a notice ever counted in all, without how
// its decisions came out: some notices cannot come out in part, and what was decided
// otherwise, less these, is about another notice.
// And languages, or ways, stand together where a notice has, beyond those that no other
// notice has, few. Days around a change of notices are told as one where few answered the
// earlier notice after it.
//
// How long an answer took is counted by day and never with a decision, so that of a
// unit only the sums are known. Steps are put together until none is about few people,
// and so that nobody can tell of few decisions that their time is not known.
//
// A unit that is closed is kept apart from the decisions and never changes. If one
// of them is erased, frozen or expires, it stays in the sums that it has entered:
// a number that falls by one would tell what that one had answered. What goes
// before its unit is closed is never counted, and so nothing is said of a unit before:
// not a total, not a day, and not that there is somebody. A day is judged once, when it
// is over.
//
// Not even a rough number is told of a unit that goes on, such as "more than 50". The day
// on which it is reached splits a run, of which only the total is told: when the unit is
// closed, one could tell of a few that they decided before that day, or after it. And a
// number that was counted at arrival, beside one without those that were erased, would
// tell of these.
//
// What is compared with the days before is of as many days, all of which are told. Else
// the difference would be that of days that nobody has counted yet.
package figures
