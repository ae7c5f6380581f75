package admin

// siteStep is one step on the way to a banner that visitors meet.
type siteStep struct {
	Key  string // of its texts, site_step_KEY
	URL  string
	Done bool
	Next bool
}

// siteSteps are the steps of a site, nil when it is set up: something is published,
// and somebody has met it.
func (r *request) siteSteps(kept *keptDraft, seen bool) []siteStep {
	published := r.site.Notice > 0
	if published && (seen || r.site.Notice > 1) {
		return nil
	}
	inventory, settings := kept.problems().faults()
	steps := []siteStep{
		{Key: "inventory", URL: r.sitePath("/inventory"), Done: published || len(kept.draft.Services) > 0 && inventory == 0},
		{Key: "settings", URL: r.sitePath("/settings"), Done: published || settings == 0},
		{Key: "publish", URL: r.sitePath("/publish"), Done: published},
		{Key: "tag", URL: r.sitePath("") + "#script"},
	}
	for i := range steps {
		if !steps[i].Done {
			steps[i].Next = true
			break
		}
	}
	return steps
}

// faults counts what keeps a draft from being published: in its services and
// categories, and in its settings.
func (p draftProblems) faults() (inventory, settings int) {
	for path := range p.of {
		count, _ := p.count(path)
		if path == "" {
			settings += count
		} else {
			inventory += count
		}
	}
	return inventory, settings
}
