package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"reflect"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// partChange is what every verb has that changes one part of a draft.
type partChange struct {
	access
	Revision consent.DraftRevision `placeholder:"N" help:"Change it only while the draft is at this revision, which list and show tell."`
	JSON     bool                  `name:"json" help:"Write one JSON object."`
}

// partSet is what every verb has that puts fields, or all of it, into a part.
type partSet struct {
	partChange
	File string `short:"f" placeholder:"FILE" help:"All of it as a JSON file, as the verb show writes it; - reads standard input."`
}

// partRemove is what every verb has that removes a part.
type partRemove struct {
	partChange
	Yes bool `short:"y" help:"Remove it."`
}

// thing is a part of a draft as commands speak of it.
type thing struct {
	site consent.SiteKey
	sitefile.Part
	kind   string          // category, service or cookie
	fresh  json.RawMessage // what one has that is only being added
	member string          // of it, that is removed; "" for all of it
}

func aCategory(site consent.SiteKey, key consent.CategoryKey) thing {
	return thing{site: site, Part: sitefile.Part{Category: key}, kind: "category", fresh: object{"key": key}.bytes()}
}

func aService(site consent.SiteKey, key consent.ServiceKey) thing {
	return thing{site: site, Part: sitefile.Part{Service: key}, kind: "service", fresh: object{"key": key, "ask": consent.AskBanner, "legal_basis": consent.BasisConsent}.bytes()}
}

func aCookie(site consent.SiteKey, of consent.ServiceKey, name string) thing {
	return thing{site: site, Part: sitefile.Part{Service: of, Cookie: name}, kind: "cookie", fresh: object{
		"pattern": object{"name": name, "match": consent.MatchExact}, "kind": consent.KindCookie, "party": consent.FirstParty, "status": consent.StatusActive,
	}.bytes()}
}

// object is one JSON object.
type object map[string]any

func (o object) bytes() json.RawMessage {
	text, err := json.Marshal(o)
	if err != nil {
		panic(err) // it is plain data
	}
	return text
}

// in finds a part, and says what there is when it is not there.
func (p *thing) in(draft *consent.Draft, today consent.Day) (*sitefile.Inventory, json.RawMessage, error) {
	inventory, err := sitefile.ReadInventory(draft, today)
	if err != nil {
		return nil, nil, err
	}
	if p.Cookie != "" && draft.Service(p.Service) == nil {
		return nil, nil, unknownService(draft, p.Service)
	}
	found, err := inventory.Get(p.Part)
	return inventory, found, err
}

func (p *thing) unknown(draft *consent.Draft) error {
	switch p.kind {
	case "category":
		return unknownIn(draft, "category", string(p.Category), keysOf(draft.Categories, func(c *consent.Category) string { return string(c.Key) }))
	case "cookie":
		s := draft.Service(p.Service)
		return unknownIn(draft, "cookie", p.String(), keysOf(s.Cookies, func(c *consent.Cookie) string { return c.Pattern.Name }))
	}
	return unknownService(draft, p.Service)
}

// unknownService names the services that there are.
func unknownService(draft *consent.Draft, key consent.ServiceKey) error {
	return unknownIn(draft, "service", string(key), keysOf(draft.Services, func(s *consent.Service) string { return string(s.Key) }))
}

func keysOf[T any](list []T, key func(*T) string) []string {
	keys := make([]string, len(list))
	for i := range list {
		keys[i] = printable(key(&list[i]))
	}
	return keys
}

func unknownIn(draft *consent.Draft, kind, key string, known []string) error {
	if len(known) == 0 {
		return consent.Errorf(consent.NotFound, "unknown_"+kind, "The draft of %s has no %s %q, and no other there yet.", draft.Site.Key, kind, key)
	}
	return consent.Errorf(consent.NotFound, "unknown_"+kind, "The draft of %s has no %s %q. There are: %s.", draft.Site.Key, kind, key, join(known))
}

// show writes a part as its site file has it.
func (p *thing) show(ctx context.Context, t *terminal, a access) (err error) {
	store, err := a.openSite(ctx, t, p.site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, revision, err := store.DraftAt(ctx, p.site)
	if err != nil {
		return err
	}
	_, found, err := p.in(draft, t.today())
	if err != nil {
		return err
	}
	if found == nil {
		return p.unknown(draft)
	}
	var lines bytes.Buffer
	if err := json.Indent(&lines, found, "", "  "); err != nil {
		return err
	}
	lines.WriteByte('\n')
	if _, err := t.out.Write(lines.Bytes()); err != nil {
		return err
	}
	t.remark("This is revision %d of the draft.", revision)
	return nil
}

// set puts fields into a part, or all of it from a file. Within names the member of the
// part that it is about, "" for the whole. What is only missing is told, as on the page:
// it keeps the draft from being published, and may be written next, but for the signed
// reason of what is necessary.
func (c *partSet) set(ctx context.Context, t *terminal, p thing, within string, values []string) (err error) {
	if (c.File == "") == (len(values) == 0) {
		return misusef("give either NAME=VALUE or --file")
	}
	var whole json.RawMessage
	if c.File != "" {
		if whole, err = wholePart(t, c.File); err != nil {
			return err
		}
	}
	store, err := c.openSite(ctx, t, p.site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	done, err := c.editDraft(ctx, t, store, p.site, c.Revision, func(draft *consent.Draft) (*edit, error) {
		inventory, was, err := p.in(draft, t.today())
		if err != nil {
			return nil, err
		}
		content, action := whole, "save"
		switch {
		case was == nil && within != "":
			return nil, p.unknown(draft)
		case was == nil:
			was, action = p.fresh, "add"
		case whole != nil && c.Revision == 0:
			return nil, misusef("%s is there already. Name with --revision which state of the draft the file was made of, so that nobody's change is lost: \"show\" tells it; or give single fields as NAME=VALUE", p.Part)
		}
		if content == nil || within != "" {
			if content, err = withFields(p.file(), was, within, whole, values); err != nil {
				return nil, err
			}
		}
		next, err := inventory.Put(p.Part, content)
		if err != nil {
			return nil, err
		}
		if faults := next.Unsaved(); len(faults) > 0 {
			return nil, t.refuseFaults(faults)
		}
		return &edit{next.Draft, "draft." + p.kind + "." + action, p.String(), next.Problems}, nil
	})
	if err != nil {
		return err
	}
	return c.done(t, done)
}

// wholePart reads all of a part from a file.
func wholePart(t *terminal, file string) (json.RawMessage, error) {
	var content []byte
	var err error
	if file == "-" {
		content, err = io.ReadAll(io.LimitReader(t.in, maxRead))
	} else if content, err = readWhole(file); err != nil {
		return nil, unreadable(file, err)
	}
	if err != nil {
		return nil, err
	}
	if content = bytes.TrimSpace(content); !json.Valid(content) || content[0] != '{' {
		return nil, consent.Errorf(consent.Invalid, "malformed", "%s is no JSON object. Write one as the verb show does.", file)
	}
	return content, nil
}

// withFields gives a part, of a type, with other fields. A member that a file says takes
// the place of the one that is there.
func withFields(of reflect.Type, was json.RawMessage, within string, whole json.RawMessage, values []string) (json.RawMessage, error) {
	fields := object{}
	if err := json.Unmarshal(was, &fields); err != nil {
		return nil, err
	}
	if whole != nil {
		fields[within] = whole
		return fields.bytes(), nil
	}
	if within != "" {
		within += "."
	}
	for _, text := range values {
		name, value, is := strings.Cut(text, "=")
		if !is || name == "" {
			return nil, misusef("%q: write it as NAME=VALUE, such as category=statistics", text)
		}
		path := strings.Split(within+name, ".")
		if err := fields.put(path, fieldOf(of, path, strings.TrimSpace(value))); err != nil {
			return nil, err
		}
	}
	return fields.bytes(), nil
}

// put puts a value at a path, nil to take away what is there.
func (o object) put(path []string, value any) error {
	if len(path) == 1 {
		if value == nil {
			delete(o, path[0])
		} else {
			o[path[0]] = value
		}
		return nil
	}
	var inner object
	switch below := o[path[0]].(type) {
	case nil:
		inner = object{}
	case map[string]any:
		inner = below
	case object:
		inner = below
	default:
		return misusef("%s has no fields: give all of it as JSON", path[0])
	}
	if err := inner.put(path[1:], value); err != nil {
		return err
	}
	if o[path[0]] = inner; len(inner) == 0 {
		delete(o, path[0])
	}
	return nil
}

// done tells what came of a change.
func (c *partChange) done(t *terminal, done *edited) error {
	if c.JSON {
		return newLines(t).Encode(done)
	}
	writeProblems(t.err, "", done.Problems)
	if done.Changed {
		t.say("The draft of %s is changed, and at revision %d. Show it to visitors with: samtykke notice publish %s%s", done.Site, done.Revision, done.Site, c.again())
	} else {
		t.say("The draft of %s says so already.", done.Site)
	}
	return nil
}
