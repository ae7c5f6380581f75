package consent

import "strconv"

func (v *review) categories() {
	if len(v.draft.Categories) == 0 {
		v.fault("categories", "no_category", "The site has no category.", "Add at least one, such as statistics, with its name and purpose.")
	}
	keys, duplicate := names(v.draft.Categories, func(c *Category) string { return string(c.Key) })
	for i := range v.draft.Categories {
		c := &v.draft.Categories[i]
		path := "categories." + keys[i]
		v.key(path+".key", string(c.Key))
		if duplicate[i] {
			v.fault(path+".key", "duplicate", "The category "+shorten(string(c.Key))+" stands twice.", "Remove one of them, or give it a key of its own.")
		}
		v.text(path+".name", c.Name, maxName)
		v.text(path+".purpose", c.Purpose, maxPurpose)
		v.revision(path, c.PurposeRevision)
	}
}

// revision faults a revision that cannot have been counted up.
func (v *review) revision(path string, revision int) {
	if revision < 0 || revision > 1_000_000 {
		v.fault(path+".purpose_revision", "purpose_revision", "A purpose cannot have the revision "+strconv.Itoa(revision)+".",
			"Count from 0 and add one each time the purpose comes to mean something else.")
	}
}

// categoryOf faults a category that the draft does not describe.
func (v *review) categoryOf(path string, key CategoryKey) {
	switch {
	case key == "":
		v.fault(path, "missing", "This must be stated.", "Write the key of one of the categories.")
	case !v.described[key]:
		v.fault(path, "unknown_category", "There is no category "+quoted(string(key))+".",
			"Add it to categories with its name and purpose, or write the key of one that is there.")
	}
}
