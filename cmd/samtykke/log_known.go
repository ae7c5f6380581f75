package main

import (
	"context"
	"slices"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// check refuses a category, a language or a notice that the site never had: an empty
// answer would look like "nobody".
func (f logFilter) check(ctx context.Context, store consent.Store, query *consent.LogQuery) error {
	draft, err := known(ctx, store, f.Site)
	if err != nil {
		return err
	}
	had := everHad{store, f.Site, draft}
	if err := had.notice(ctx, query.Notice); err != nil {
		return err
	}
	if err := had.category(ctx, query.Category); err != nil {
		return err
	}
	return had.language(ctx, query.Language)
}

// everHad looks in the draft of a site and in all of its notices.
type everHad struct {
	store consent.Store
	site  consent.SiteKey
	draft *consent.Draft
}

func (h *everHad) category(ctx context.Context, key consent.CategoryKey) error {
	if key == "" {
		return nil
	}
	is, err := h.had(ctx, func(draft *consent.Draft) bool { return draft.Category(key) != nil })
	if err != nil || is {
		return err
	}
	var keys []consent.CategoryKey
	for _, category := range h.draft.Categories {
		keys = append(keys, category.Key)
	}
	return consent.Errorf(consent.NotFound, "unknown_category", "The site %s has no category %q. Its categories are: %s.", h.site, key, join(keys))
}

func (h *everHad) language(ctx context.Context, lang consent.Language) error {
	if lang == "" {
		return nil
	}
	is, err := h.had(ctx, func(draft *consent.Draft) bool { return slices.Contains(draft.Site.Languages, lang) })
	if err != nil || is {
		return err
	}
	return consent.Errorf(consent.NotFound, "unknown_language", "The site %s never came in the language %q. Its languages are: %s.", h.site, lang, join(h.draft.Site.Languages))
}

func (h *everHad) notice(ctx context.Context, number consent.NoticeNumber) error {
	if number == 0 {
		return nil
	}
	_, err := h.store.Notice(ctx, h.site, number)
	if consent.KindOf(err) == consent.NotFound {
		err = consent.Errorf(consent.NotFound, "unknown_notice", "The site %s has no notice %s: \"samtykke notice list %s\" shows those that it has.", h.site, strconv.Itoa(int(number)), h.site)
	}
	return err
}

// had says whether the draft or any notice has something.
func (h *everHad) had(ctx context.Context, has func(*consent.Draft) bool) (bool, error) {
	if has(h.draft) {
		return true, nil
	}
	notices, err := h.store.Notices(ctx, h.site)
	if err != nil {
		return false, err
	}
	for _, entry := range notices {
		notice, err := h.store.Notice(ctx, h.site, entry.Number)
		if err != nil {
			return false, err
		}
		if has(&notice.Draft) {
			return true, nil
		}
	}
	return false, nil
}
