package admin

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

// percent writes a share with one decimal, as the person's language does.
func (r *request) percent(share float64) string {
	return r.say("figures_percent", "n", r.decimal(100*share))
}

func (r *request) decimal(n float64) string {
	text := strconv.FormatFloat(n, 'f', 1, 64)
	if r.lang != consent.English {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// points says by how many percentage points a share differs from an earlier one.
func (r *request) points(share, earlier float64) string {
	tenths := math.Round(1000*share) - math.Round(1000*earlier) // as both are shown
	switch {
	case tenths > 0:
		return r.say("figures_points_more", "n", r.decimal(tenths/10))
	case tenths < 0:
		return r.say("figures_points_less", "n", r.decimal(-tenths/10))
	}
	return r.say("figures_points_same")
}

// change says how a total differs from that of the period before.
func (r *request) change(now, before int) string {
	if before == 0 {
		return r.say("figures_change_none")
	}
	percent := math.Round(1000*float64(now)/float64(before)) - 1000
	switch {
	case percent > 0:
		return r.say("figures_change_more", "n", r.decimal(percent/10), "before", r.grouped(before))
	case percent < 0:
		return r.say("figures_change_less", "n", r.decimal(-percent/10), "before", r.grouped(before))
	}
	return r.say("figures_change_same", "before", r.grouped(before))
}

// outcomeNames are those of bars and texts.
var outcomeNames = map[figures.Outcome]string{
	figures.Yes: "yes", figures.Partly: "partly", figures.No: "no", figures.Back: "back", figures.InPlace: "place",
}

// outcome names outcomes that are counted together.
func (r *request) outcome(column figures.Column) string {
	names := make([]string, len(column))
	for i, outcome := range column {
		if names[i] = r.say("figures_outcome_" + outcomeNames[outcome]); i > 0 {
			names[i] = within(names[i])
		}
	}
	return r.notApart(names)
}

// notApart names what is counted together, and says that it is.
func (r *request) notApart(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return r.say("figures_not_apart", "names", r.joined(names))
}

// within writes a name as it stands within a sentence.
func within(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(first)) + name[size:]
}

// joined names what is counted together. Many names are more than anybody reads.
func (r *request) joined(names []string) string {
	const most = 4
	switch {
	case len(names) == 1:
		return names[0]
	case len(names) > most:
		return r.say("figures_joint_many", "names", strings.Join(names[:most-1], ", "), "n", len(names)-most+1)
	}
	return r.say("figures_joint", "names", strings.Join(names[:len(names)-1], ", "), "last", names[len(names)-1])
}
