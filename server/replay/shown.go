package replay

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// Wish says what is to be shown. Zero fields leave the choice open.
type Wish struct {
	Site     consent.SiteKey
	Notice   consent.NoticeNumber // of the Decision when 0
	Bundle   string               // id, or the beginning of the main file's hash; the newest when empty
	Decision consent.DecisionID
	Language consent.Language // of the Decision, else the Site's first
}

// Shown is a Bundle as visitors got it, with what the log says of it.
type Shown struct {
	Notice   *consent.Notice
	Recorded consent.NoticeEntry // what the store says that Notice's hash is
	Bundle   *consent.Bundle     // with the hash that is recorded
	Served   consent.Hash        // of the bytes that there are
	Language consent.Language
	Decision *consent.Decision  // nil when none was asked for
	Others   []consent.BundleID // of the same Notice, oldest first
}

// Equal says that the bytes are those of the record. Others are never run.
func (s *Shown) Equal() bool { return s.Bundle.Whole() }

// Check refuses bytes that are not those of the record (Conflict, not_equal).
func (s *Shown) Check() error {
	if s.Equal() {
		return nil
	}
	return consent.Errorf(consent.Conflict, "not_equal",
		"NOT EQUAL: the bytes of the bundle %s have the SHA-256 %s, the record says %s. They are not run. Audit the database: samtykke log verify",
		s.Bundle.ID, s.Served, s.Bundle.Hash)
}

// Path gives the address of the page below the handler, without a first slash.
func (s *Shown) Path() string {
	query := url.Values{}
	if s.Decision != nil {
		query.Set("decision", s.Decision.ID.String())
	} else {
		query.Set("lang", string(s.Language))
	}
	return string(s.Bundle.Site) + "/" + strconv.Itoa(int(s.Notice.Number)) + "/" + string(s.Bundle.ID) + "/?" + query.Encode()
}

// Blank gives the address of the page in the frame, for who takes pictures of it.
func (s *Shown) Blank() string {
	path, _, _ := strings.Cut(s.Path(), "?")
	return path + "page?lang=" + url.QueryEscape(string(s.Language))
}

// Find looks up what is to be shown. The error is NotFound when there is no such
// thing, Conflict when the wishes contradict one another.
func Find(ctx context.Context, store Store, wish Wish) (*Shown, error) {
	found := &Shown{}
	if err := found.decision(ctx, store, &wish); err != nil {
		return nil, err
	}
	var err error
	if found.Notice, err = store.Notice(ctx, wish.Site, wish.Notice); err != nil {
		return nil, err
	}
	if found.Recorded, err = store.NoticeEntry(ctx, wish.Site, wish.Notice); err != nil {
		return nil, err
	}
	if err := found.bundle(ctx, store, wish); err != nil {
		return nil, err
	}
	return found, found.language(wish.Language)
}

// decision looks the Decision up, and has it answer what the wish leaves open.
func (s *Shown) decision(ctx context.Context, store Store, wish *Wish) error {
	if wish.Decision.IsZero() {
		return nil
	}
	entries, err := store.Read(ctx, consent.LogQuery{Site: wish.Site, ID: wish.Decision})
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return consent.Errorf(consent.NotFound, "unknown_decision",
			"The log of %s holds no decision %s: it never did, or it has expired or was erased. Without it the notice can still be shown.", wish.Site, wish.Decision)
	}
	s.Decision = &entries[0].Decision
	if wish.Notice != 0 && wish.Notice != s.Decision.Notice {
		return consent.Errorf(consent.Conflict, "other_notice",
			"The decision %s was made under notice %d, not %d. Show that one.", wish.Decision, s.Decision.Notice, wish.Notice)
	}
	if wish.Bundle != "" && wish.Bundle != string(s.Decision.Bundle) {
		return consent.Errorf(consent.Conflict, "other_bundle",
			"The decision %s was made with the bundle %s. Leave the bundle out.", wish.Decision, s.Decision.Bundle)
	}
	wish.Notice, wish.Bundle, wish.Language = s.Decision.Notice, string(s.Decision.Bundle), s.Decision.Language
	return nil
}

// bundle picks among the Bundles of the Notice: a new version of the program
// builds another one.
func (s *Shown) bundle(ctx context.Context, store Store, wish Wish) error {
	all, err := store.Bundles(ctx, wish.Site)
	if err != nil {
		return err
	}
	var chosen consent.BundleID
	for _, id := range all {
		entry, err := store.BundleEntry(ctx, wish.Site, id)
		if err != nil {
			return err
		}
		if entry.Notice != wish.Notice {
			continue
		}
		s.Others = append(s.Others, id)
		if wish.Bundle == "" || wish.Bundle == string(id) || strings.HasPrefix(entry.Hash.String(), wish.Bundle) {
			chosen = id
		}
	}
	if chosen == "" {
		return consent.Errorf(consent.NotFound, "unknown_bundle",
			"Notice %d of %s has no bundle %q. It has: %s.", wish.Notice, wish.Site, wish.Bundle, list(s.Others))
	}
	s.Others = slices.DeleteFunc(s.Others, func(id consent.BundleID) bool { return id == chosen })
	if s.Bundle, err = store.Bundle(ctx, wish.Site, chosen); err != nil {
		return err
	}
	s.Served = consent.HashOf(s.Bundle.Files[consent.MainFile])
	return nil
}

func (s *Shown) language(wish consent.Language) error {
	spoken := s.Notice.Draft.Site.Languages
	s.Language = spoken[0]
	if wish == "" {
		return nil
	}
	s.Language = wish
	if s.Decision == nil && !slices.Contains(spoken, wish) {
		return consent.Errorf(consent.NotFound, "unknown_language",
			"Notice %d of %s does not speak %q. It speaks: %s.", s.Notice.Number, s.Bundle.Site, wish, list(spoken))
	}
	return nil
}

func list[T ~string](all []T) string {
	words := make([]string, len(all))
	for i, each := range all {
		words[i] = string(each)
	}
	return strings.Join(words, ", ")
}

// find reads a wish from the address.
func (r *replay) find(request *http.Request) (*Shown, error) {
	number, err := strconv.Atoi(request.PathValue("notice"))
	if err != nil || number < 1 {
		return nil, consent.Errorf(consent.NotFound, "unknown_notice", "Notices are numbered from 1.")
	}
	query := request.URL.Query()
	wish := Wish{
		Site: consent.SiteKey(request.PathValue("site")), Notice: consent.NoticeNumber(number),
		Bundle: request.PathValue("bundle"), Language: consent.Language(query.Get("lang")),
	}
	if id := query.Get("decision"); id != "" {
		if wish.Decision, err = consent.ParseDecisionID(id); err != nil {
			return nil, err
		}
	}
	return Find(request.Context(), r.store, wish)
}
