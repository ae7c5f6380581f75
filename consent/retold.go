package consent

// FindRetold gives the purposes that came to say something else in a language in which
// they are not compared, so that nobody is asked again for it: a translation that was
// mended means what it meant, and software cannot tell whether it does. With each stands
// the revision to write when it does not. Settled is the draft as Revise has made it.
func FindRetold(before, settled *Draft) []Reworded {
	found := []Reworded{}
	for i := range settled.Categories {
		now := &settled.Categories[i]
		if old := before.Category(now.Key); old != nil && max(old.PurposeRevision, 1) == now.PurposeRevision && settled.retold(old.Purpose, now.Purpose) {
			found = append(found, Reworded{Place: "category " + string(now.Key), Revision: now.PurposeRevision + 1, Category: now.Key})
		}
	}
	earlier := before.servicesByKey()
	for i := range settled.Services {
		now := &settled.Services[i]
		if old := earlier[now.Key]; old != nil && max(old.PurposeRevision, 1) == now.PurposeRevision && settled.retoldService(old, now) {
			found = append(found, Reworded{Place: "service " + string(now.Key), Revision: now.PurposeRevision + 1, Service: now.Key})
		}
	}
	return found
}

// retold says whether a text says something else in any language of the site in which
// both have words.
func (d *Draft) retold(old, now Text) bool {
	for _, lang := range d.Site.Languages {
		if old[lang] != "" && now[lang] != "" && !sameButSpelling(old[lang], now[lang]) {
			return true
		}
	}
	return false
}

// retoldService also looks at the cookies that both have.
func (d *Draft) retoldService(old, now *Service) bool {
	if d.retold(old.Purpose, now.Purpose) {
		return true
	}
	type name struct {
		kind StorageKind
		name string
	}
	purposes := make(map[name]Text, len(old.Cookies))
	for i := range old.Cookies {
		purposes[name{old.Cookies[i].Kind, old.Cookies[i].Pattern.Name}] = old.Cookies[i].Purpose
	}
	for i := range now.Cookies {
		c := &now.Cookies[i]
		if c.CategoryIn(now) != Necessary && !c.Gone() && d.retold(purposes[name{c.Kind, c.Pattern.Name}], c.Purpose) {
			return true
		}
	}
	return false
}
