package admin

import (
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// settingsBetween tells what one draft says of the site itself that another says
// otherwise: what it was, and what it is.
func (r *request) settingsBetween(was, is *consent.Draft) ([]changeGroup, error) {
	groups, _, err := r.changeGroups(
		&consent.Draft{Organisation: was.Organisation, Site: was.Site, Contacts: was.Contacts},
		&consent.Draft{Organisation: is.Organisation, Site: is.Site, Contacts: is.Contacts})
	for i := range groups {
		groups[i].URL = "" // who follows it would lose the preview
	}
	return groups, err
}

// fieldsBetween tells field by field what one draft has in its inventory that another has
// otherwise, and how many things more there are. What is new or gone as a whole is only
// named, by changesBetween.
func (r *request) fieldsBetween(was, is *consent.Draft) (groups []changeGroup, more int, err error) {
	if groups, err = r.allGroups(withInventory(is, was.Categories, was.Services), is); err != nil {
		return nil, 0, err
	}
	groups = slices.DeleteFunc(groups, func(g changeGroup) bool { return g.Change != "" })
	more = max(0, len(groups)-maxImportLines)
	groups = groups[:len(groups)-more]
	for i := range groups {
		groups[i].URL = "" // who follows it would lose the preview
	}
	return groups, more, nil
}

// changesBetween tells in words what one draft has in its inventory that another has
// not.
func (r *request) changesBetween(was, is *consent.Draft) []string {
	var told []string
	categories := r.compare(keyed(was.Categories, categoryKey), keyed(is.Categories, categoryKey), "category", func(key string) string {
		d := is
		if is.Category(consent.CategoryKey(key)) == nil {
			d = was
		}
		return r.categoryName(d, consent.CategoryKey(key))
	})
	told = append(told, categories...)
	before, after := map[string]any{}, map[string]any{}
	cookiesBefore, cookiesAfter := map[string]any{}, map[string]any{}
	names, within := map[string]string{}, map[string]consent.CategoryKey{}
	for _, side := range []struct {
		d                 *consent.Draft
		services, cookies map[string]any
	}{{was, before, cookiesBefore}, {is, after, cookiesAfter}} {
		for i := range side.d.Services {
			s := side.d.Services[i]
			for j := range s.Cookies {
				at := string(s.Key) + "/" + s.Cookies[j].Pattern.Name
				side.cookies[at] = s.Cookies[j]
				names["cookie "+at] = brief(s.Cookies[j].Pattern.Name) + " (" + r.serviceName(&s) + ")"
				if of := s.Cookies[j].CategoryIn(&s); of != s.Category {
					within["cookie "+at] = of
				}
			}
			names["service "+string(s.Key)], within["service "+string(s.Key)] = r.serviceName(&s), s.Category
			s.Cookies = nil
			side.services[string(s.Key)] = s
		}
	}
	// placed says of what is new in which category it is: a table may name it in other words.
	placed := func(before map[string]any, what, key string) string {
		category := within[what+key]
		if _, there := before[key]; there || category == "" {
			return names[what+key]
		}
		return r.say("import_in_category", "name", names[what+key], "category", r.categoryName(is, category))
	}
	doubles := doublesBetween(was, is)
	if len(doubles) > 0 {
		told = append([]string{r.say("import_doubles", "n", r.grouped(len(doubles)))}, told...)
	}
	told = append(told, r.compare(before, after, "service", func(key string) string {
		if there := doubles[consent.ServiceKey(key)]; there != nil {
			return r.say("import_double", "name", names["service "+key], "own", r.categoryName(is, within["service "+key]),
				"service", r.serviceName(there), "category", r.categoryName(is, there.Category))
		}
		return placed(before, "service ", key)
	})...)
	told = append(told, r.compare(cookiesBefore, cookiesAfter, "cookie", func(key string) string { return placed(cookiesBefore, "cookie ", key) })...)
	if len(told) > maxImportLines {
		more := len(told) - maxImportLines
		told = append(told[:maxImportLines], r.say("import_more", "n", r.grouped(more)))
	}
	return told
}

func keyed[T any](list []T, key func(*T) string) map[string]any {
	all := map[string]any{}
	for i := range list {
		all[key(&list[i])] = list[i]
	}
	return all
}

// compare tells what is new, gone and different.
func (r *request) compare(was, is map[string]any, what string, name func(string) string) []string {
	var told []string
	for _, key := range slices.Sorted(maps.Keys(is)) {
		before, there := was[key]
		switch {
		case !there:
			told = append(told, r.say("import_adds_"+what, "name", name(key)))
		case hashOf(before) != hashOf(is[key]):
			told = append(told, r.say("import_changes_"+what, "name", name(key)))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(was)) {
		if _, there := is[key]; !there {
			told = append(told, r.say("import_removes_"+what, "name", name(key)))
		}
	}
	return told
}
