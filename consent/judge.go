package consent

import "slices"

// Valid says whether m is one of the methods.
func (m Method) Valid() bool {
	switch m {
	case AcceptAll, RejectAll, Save, Withdraw, PlaceholderOnce, PlaceholderAlways, SignalMethod, APIMethod, Expiry:
		return true
	}
	return false
}

// Valid says whether l is one of the layers.
func (l Layer) Valid() bool {
	switch l {
	case LayerFirst, LayerSecond, LayerPlaceholder, LayerPage:
		return true
	}
	return false
}

// Judge derives the State of a Choice against what this Draft asks for, so that
// a browser cannot name its own verdict. Every category of the banner must be
// answered, nothing else may be, a category is granted only with all of it that
// the banner asks for, and the method must fit the answers:
//
//   - accept_all denies nothing that the banner asks for, reject_all grants
//     nothing of it; services asked for in place keep the answer they had;
//   - withdraw, expiry and signal grant nothing at all: a signal such as GPC can
//     only object, since a grant takes an action of the visitor;
//   - placeholder_once and placeholder_always grant at least one service;
//   - save and api may hold any answers. Taking back a part is a save.
//
// The State is given when everything that was answered is granted, refused when
// nothing is, and partly given between. Errors are Invalid with the codes
// nothing_asked, unknown_method, unknown_category, unknown_service,
// missing_category, category_mismatch and method_mismatch. They name what the
// Draft has, and never repeat what was sent.
func (d *Draft) Judge(choice Choice, method Method) (State, error) {
	if !method.Valid() {
		return "", Errorf(Invalid, "unknown_method", "There is no such method: send accept_all, reject_all, save, withdraw, placeholder_once, placeholder_always, signal, api or expiry.")
	}
	t, err := d.count(choice)
	if err != nil {
		return "", err
	}
	if !t.fits(method, choice) {
		return "", Errorf(Invalid, "method_mismatch", "The answers contradict the method %s: send save when some are granted and some are not.", method)
	}
	switch {
	case method == Withdraw:
		return StateWithdrawn, nil
	case method == Expiry:
		return StateExpired, nil
	case t.banner.granted+t.inPlace.granted == 0:
		return StateRefused, nil
	case t.banner.denied+t.inPlace.denied == 0:
		return StateGiven, nil
	}
	return StatePartlyGiven, nil
}

// tally counts answers, service by service.
type tally struct{ banner, inPlace votes }

type votes struct{ granted, denied int }

func (v *votes) add(granted bool) {
	if granted {
		v.granted++
	} else {
		v.denied++
	}
}

// count checks the names in a Choice and counts every service of the banner, and
// those asked for in place that it answers: silence about a video is no refusal
// of it. It asks for the same as Asks, without its lists and checksums, because
// it runs for every Decision.
func (d *Draft) count(choice Choice) (t tally, err error) {
	answered := 0
	for i := range d.Categories {
		category := d.Categories[i].Key
		asked, denied := false, false
		for j := range d.Services {
			if s := &d.Services[j]; s.Ask == AskBanner && s.asksFor(category) {
				granted := choice.Grants(category, s.Key)
				asked, denied = true, denied || !granted
				t.banner.add(granted)
			}
		}
		if !asked {
			continue
		}
		if _, found := choice.Categories[category]; !found {
			return tally{}, Errorf(Invalid, "missing_category", "The category %q is not answered: send true or false for every category that the banner asks for.", category)
		}
		if denied && choice.Categories[category] {
			return tally{}, Errorf(Invalid, "category_mismatch", "The category %q is granted, but a service of it is denied: a category is true when all of it is.", category)
		}
		answered++
	}
	if answered < len(choice.Categories) {
		return tally{}, Errorf(Invalid, "unknown_category", "This notice does not ask for one of these categories: reload the page to get the current banner.")
	}
	for ref, granted := range choice.Services {
		category, key := ref.Split()
		s := d.Service(key)
		if s == nil || !s.asksFor(category) || s.Ask != AskBanner && s.Ask != AskInPlace {
			return tally{}, Errorf(Invalid, "unknown_service", "This notice does not ask for one of these services: write category/service as the notice has it.")
		}
		if s.Ask == AskInPlace {
			t.inPlace.add(granted)
		}
	}
	if t == (tally{}) && !d.asksAnything() {
		return tally{}, Errorf(Invalid, "nothing_asked", "This notice asks for nothing, so there is nothing to decide: remove the banner's button or reload the page.")
	}
	return t, nil
}

// asksFor says whether consent to the service reaches into the category.
func (s *Service) asksFor(category CategoryKey) bool {
	if category == Necessary || category == "" {
		return false
	}
	return s.Category == category || slices.ContainsFunc(s.Cookies, func(c Cookie) bool { return c.Category == category })
}

func (d *Draft) asksAnything() bool {
	return slices.ContainsFunc(d.Services, func(s Service) bool {
		return (s.Ask == AskBanner || s.Ask == AskInPlace) && len(s.Refs()) > 0
	})
}

// fits says whether the method agrees with the answers.
func (t tally) fits(method Method, choice Choice) bool {
	switch method {
	case AcceptAll:
		return t.banner.denied == 0 && !hasAnswer(choice.Categories, false)
	case RejectAll:
		return t.banner.granted == 0 && !hasAnswer(choice.Categories, true)
	case Withdraw, Expiry, SignalMethod:
		return !hasAnswer(choice.Categories, true) && !hasAnswer(choice.Services, true)
	case PlaceholderOnce, PlaceholderAlways:
		return hasAnswer(choice.Services, true)
	default:
		return true
	}
}

func hasAnswer[K comparable](answers map[K]bool, wanted bool) bool {
	for _, answer := range answers {
		if answer == wanted {
			return true
		}
	}
	return false
}
