package consent

import (
	"maps"
	"slices"
)

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
// answered, nothing else may be, and the method must fit the answers:
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
// missing_category and method_mismatch.
func (d *Draft) Judge(choice Choice, method Method) (State, error) {
	if !method.Valid() {
		return "", Errorf(Invalid, "unknown_method", "There is no method %q: send accept_all, reject_all, save, withdraw, placeholder_once, placeholder_always, signal, api or expiry.", method)
	}
	units := d.Asks()
	if len(units) == 0 {
		return "", Errorf(Invalid, "nothing_asked", "This notice asks for nothing, so there is nothing to decide: remove the banner's button or reload the page.")
	}
	if err := checkNames(units, choice); err != nil {
		return "", err
	}
	t := tallyOf(units, choice)
	if err := t.fits(method, choice); err != nil {
		return "", err
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

// checkNames refuses a Choice that names what is not asked or leaves out a
// category of the banner. Keys are taken in order, so that the answer is stable.
func checkNames(units []AskUnit, choice Choice) error {
	categories := map[CategoryKey]bool{}
	services := map[ServiceRef]bool{}
	for _, unit := range units {
		if unit.Service == "" {
			categories[unit.Category] = true
		}
		for _, ref := range unit.Refs {
			services[ref] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(choice.Categories)) {
		if !categories[key] {
			return Errorf(Invalid, "unknown_category", "This notice does not ask for the category %q: reload the page to get the current banner.", key)
		}
	}
	for _, unit := range units {
		if _, answered := choice.Categories[unit.Category]; unit.Service == "" && !answered {
			return Errorf(Invalid, "missing_category", "The category %q is not answered: send true or false for every category that the banner asks for.", unit.Category)
		}
	}
	for _, ref := range slices.Sorted(maps.Keys(choice.Services)) {
		if !services[ref] {
			return Errorf(Invalid, "unknown_service", "This notice does not ask for the service %q: write category/service as the notice has it.", ref)
		}
	}
	return nil
}

// tally counts answers, service by service.
type tally struct{ banner, inPlace struct{ granted, denied int } }

// tallyOf counts every service of the banner, and those asked for in place that
// the Choice answers: silence about a video is no refusal of it.
func tallyOf(units []AskUnit, choice Choice) tally {
	var t tally
	for _, unit := range units {
		for _, ref := range unit.Refs {
			if unit.Service == "" {
				if choice.Grants(ref.Split()) {
					t.banner.granted++
				} else {
					t.banner.denied++
				}
			} else if granted, answered := choice.Services[ref]; granted {
				t.inPlace.granted++
			} else if answered {
				t.inPlace.denied++
			}
		}
	}
	return t
}

// fits refuses a method that the answers contradict.
func (t tally) fits(method Method, choice Choice) error {
	anyCategory := slices.Contains(slices.Collect(maps.Values(choice.Categories)), true)
	anyService := slices.Contains(slices.Collect(maps.Values(choice.Services)), true)
	allCategories := !slices.Contains(slices.Collect(maps.Values(choice.Categories)), false)
	fits := true
	switch method {
	case AcceptAll:
		fits = allCategories && t.banner.denied == 0
	case RejectAll:
		fits = !anyCategory && t.banner.granted == 0
	case Withdraw, Expiry, SignalMethod:
		fits = !anyCategory && !anyService
	case PlaceholderOnce, PlaceholderAlways:
		fits = anyService
	case Save, APIMethod:
	}
	if !fits {
		return Errorf(Invalid, "method_mismatch", "The answers contradict the method %s: send save when some are granted and some are not.", method)
	}
	return nil
}
