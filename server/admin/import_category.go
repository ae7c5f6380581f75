package admin

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// categoryNames gives for the names of a draft's categories, in any language, which one it
// is, "" where a name is that of several.
func categoryNames(d *consent.Draft) map[string]consent.CategoryKey {
	names := map[string]consent.CategoryKey{}
	for i := range d.Categories {
		for _, name := range d.Categories[i].Name {
			key := d.Categories[i].Key
			if other, taken := names[folded(name)]; taken && other != key {
				key = ""
			}
			names[folded(name)] = key
		}
	}
	return names
}

// category gives the category that a cell names: by its key, or by a name that is of one
// alone. What names none stays as it is written.
func (t *tableImport) category(written string) consent.CategoryKey {
	if t.made.draft.Category(consent.CategoryKey(written)) == nil {
		if key := t.categories[folded(written)]; key != "" {
			return key
		}
	}
	return consent.CategoryKey(written)
}

// categoryWanted gives the key of a category that the draft lacks, which is what to write
// in the page for new ones, with what it is mostly called.
func (t *tableImport) categoryWanted(key string) string {
	if name := t.usualCategory(consent.CategoryKey(key)); name != "" {
		return key + " (" + name + ")"
	}
	return key
}

// categoriesThere says which categories the draft has, to choose among.
func (t *tableImport) categoriesThere() string {
	there := make([]string, 0, len(t.made.draft.Categories))
	for i := range t.made.draft.Categories {
		c := &t.made.draft.Categories[i]
		there = append(there, string(c.Key)+" ("+shortText(t.in(c.Name).Text)+")")
	}
	if len(there) == 0 {
		return ""
	}
	return " " + t.say("import_categories_there", "names", strings.Join(there, ", "))
}
