package admin

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
	"github.com/samtykke/samtykke/server/web"
)

// logWarnings says in words what an audit found that is no fault, and must be looked at.
func (r *request) logWarnings(found *auditing.Result) (lines []string) {
	for i := range found.Early {
		lines = append(lines, r.earlyWords(&found.Early[i]))
	}
	for _, lost := range found.Lost {
		lines = append(lines, r.counted("log_warning_lost", lost.Leaves, "origin", lost.Origin))
	}
	for i := range found.Breaks {
		broke := &found.Breaks[i]
		lines = append(lines, r.counted("log_warning_break_"+string(broke.Cause), broke.Leaves, "origin", broke.Origin, "earlier", broke.Earlier))
	}
	for _, unsigning := range found.Unsigning {
		lines = append(lines, r.say("log_warning_unsigning", "origin", unsigning.Origin))
	}
	if n := found.Unlisted.Warnings; n > 0 {
		lines = append(lines, r.counted("log_warning_unlisted", int64(n)))
	}
	return lines
}

// earlyWords says that nobody can have made the decisions when they are dated.
func (r *request) earlyWords(early *consent.EarlyDecisions) string {
	words, _ := web.WordsIn(r.lang)
	return r.counted("log_warning_early", int64(early.Count), "notice", early.Notice, "published", words.Exact(early.Published),
		"latest", words.Exact(early.Latest), "index", r.lang.Grouped(early.Index), "origin", early.Origin)
}

// counted gives the text of a key for a number {n}, in groups of three digits: that
// of key_one for 1.
func (r *request) counted(key string, n int64, pairs ...any) string {
	if n == 1 {
		key += "_one"
	}
	return r.say(key, append([]any{"n", r.lang.Grouped(n)}, pairs...)...)
}

// warnedWord says in a word what the audit warned of: of nothing else than early
// decisions how many they are.
func (r *request) warnedWord(found *auditing.Result) string {
	if found.Warnings() > len(found.Early) {
		return r.counted("log_word_warned", int64(found.Warnings()))
	}
	decisions := 0
	for i := range found.Early {
		decisions += found.Early[i].Count
	}
	return r.counted("log_word_early", int64(decisions))
}
