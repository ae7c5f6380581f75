package admin

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// A form about a draft carries what each of its fields said when it was opened. So a form
// that comes too late is put together with what others have saved meanwhile: a field that
// one side alone has changed is theirs who did, and only what both have changed is asked
// about.

// openedField carries it. longestOpened is how much of it is read.
const (
	openedField   = "opened"
	longestOpened = 256 << 10
)

// opened is what the fields of a form said at a moment: a short hash for each that said
// something. nil is not known.
type opened struct {
	at   time.Time
	said map[string]string
}

// openedText writes it for a form, which it holds for alone: the moment, the fields in
// order, and a proof that this is what we wrote.
func (r *request) openedText(of string, fields []mergeField) string {
	parts := []string{strconv.FormatInt(r.Clock().UnixMilli(), 36)}
	for i := range fields {
		if said := alike(fields[i].kind, fields[i].theirs); said != "" {
			parts = append(parts, fields[i].name+":"+shortHash(said))
		}
	}
	text := strings.Join(parts, " ")
	return text + " " + r.openedProof(of, text)
}

func (r *request) openedProof(of, text string) string {
	return proofBy(r.Key, "opened "+string(r.lang)+" "+of+"\n"+text)[:22]
}

// opened reads what a form carries, nil for what we have not written for it: in another
// language of the page, fields say the same in other words.
func (r *request) opened(of string) *opened {
	written := r.form.Get(openedField)
	at := strings.LastIndexByte(written, ' ')
	if at < 0 || len(written) > longestOpened {
		return nil
	}
	text, proof := written[:at], written[at+1:]
	if !hmac.Equal([]byte(proof), []byte(r.openedProof(of, text))) {
		return nil
	}
	parts := strings.Split(text, " ")
	moment, err := strconv.ParseInt(parts[0], 36, 64)
	if err != nil {
		return nil
	}
	was := &opened{time.UnixMilli(moment), make(map[string]string, len(parts))}
	for _, part := range parts[1:] {
		name, hash, _ := strings.Cut(part, ":")
		was.said[name] = hash
	}
	return was
}

// changed says whether a field says something else than it did.
func (o *opened) changed(f *mergeField, value string) bool {
	said := ""
	if value = alike(f.kind, value); value != "" {
		said = shortHash(value)
	}
	return o.said[f.name] != said
}

func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// newlines writes the ends of lines as forms are read.
var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// alike gives a value without what a browser makes of it on its way through a form.
func alike(kind, value string) string {
	switch kind {
	case aCheck:
		if value == "" || value == "false" {
			return ""
		}
		return "on"
	case "checks":
		return strings.Join(slices.Sorted(slices.Values(strings.Fields(value))), " ")
	}
	return strings.TrimSpace(newlines.Replace(legible(value)))
}

// mergeField is a field of a form as it was sent, and as it is stored by now.
type mergeField struct {
	name, kind, label string
	unit              string // what is kept or taken over as one
	mine, theirs      string
}

// merging is what becomes of a form that came too late.
type merging struct {
	was   *opened
	clash []mergeField // both have changed
	kept  []mergeField // the others alone have changed
	rest  bool         // the person has changed something alone
}

// settled says that nothing is to be asked about.
func (m *merging) settled() bool { return m.was != nil && len(m.clash) == 0 }

// clashes says whether a field is to be asked about.
func (m *merging) clashes(name string) bool {
	return slices.ContainsFunc(m.clash, func(f mergeField) bool { return f.name == name })
}

// merge puts two versions of a form together. Where it is not known what the form said when
// it was opened, whatever differs is asked about.
func merge(was *opened, fields []mergeField) *merging {
	m := &merging{was: was}
	if was != nil {
		unite(was, fields)
	}
	mine, theirs := map[string]bool{}, map[string]bool{}
	for i := range fields {
		f := &fields[i]
		mine[f.unit] = mine[f.unit] || was == nil || was.changed(f, f.mine)
		theirs[f.unit] = theirs[f.unit] || was == nil || was.changed(f, f.theirs)
	}
	for _, f := range fields {
		switch same := alike(f.kind, f.mine) == alike(f.kind, f.theirs); {
		case same:
		case mine[f.unit] && theirs[f.unit]:
			m.clash = append(m.clash, f)
		case theirs[f.unit]:
			m.kept = append(m.kept, f)
		default:
			m.rest = true
		}
	}
	return m
}

// into gives a form with what is taken over.
func (m *merging) into(form url.Values) url.Values {
	merged := maps.Clone(form)
	for _, f := range m.kept {
		switch {
		case f.kind == aCheck && alike(f.kind, f.theirs) == "":
			merged.Del(f.name)
		case f.kind == "checks":
			merged[f.name] = strings.Fields(f.theirs)
		default:
			merged.Set(f.name, f.theirs)
		}
	}
	return merged
}

// memberList is the list of a form whose members have fields with their number.
const memberList = "recipients"

// unite says which fields stand or fall together: what is signed with its signature, what
// was checked with the day, the lines of a list in each language, a member that is added,
// and all members where one has another place by now.
func unite(was *opened, fields []mergeField) {
	moved := false
	for i := range fields {
		f := &fields[i]
		if whole := unitOf(f.name); whole != f.name {
			f.unit = whole
		}
		if memberOf(f.name)+".name" == f.name && was.said[f.name] != "" {
			moved = moved || was.changed(f, f.mine) || was.changed(f, f.theirs)
		}
	}
	for i := range fields {
		switch member := memberOf(fields[i].name); {
		case member == "":
		case moved:
			fields[i].unit = memberList
		case was.said[member+".name"] == "":
			fields[i].unit = member
		}
	}
}

func unitOf(name string) string {
	for _, whole := range []string{"exemption", "data_categories"} {
		if strings.HasPrefix(name, whole+".") {
			return whole
		}
	}
	if before, _, is := strings.Cut(name, ".transfer."); is {
		return before + ".transfer"
	}
	return name
}

// memberOf gives the member of the list that a field is of, "" for none.
func memberOf(name string) string {
	rest, is := strings.CutPrefix(name, memberList+".")
	if !is {
		return ""
	}
	number, _, _ := strings.Cut(rest, ".")
	return memberList + "." + number
}

// mostTold is how many fields are told by name, and keptLasts how long a page tells of them.
const (
	mostTold    = 6
	keptPurpose = "what was kept of others"
	keptLasts   = time.Hour
)

// takenWords lists fields that are kept in words, "" for none.
func (r *request) takenWords(fields []mergeField) string {
	var names []string
	for i := range fields {
		if name := r.say("merged_field", "name", brief(fields[i].label)); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if more := len(names) - mostTold; more > 0 {
		names = append(names[:mostTold], r.say("merged_more", "n", more))
	}
	if len(names) == 0 {
		return ""
	}
	last := len(names) - 1
	return strings.TrimPrefix(strings.Join(names[:last], ", ")+" "+r.say("and")+" "+names[last], " "+r.say("and")+" ")
}

// mergedWords tells what of others was kept, "" for nothing.
func (r *request) mergedWords(m *merging) string {
	if m == nil || len(m.kept) == 0 {
		return ""
	}
	return r.say("merged_kept", "fields", r.takenWords(m.kept))
}

// redirectTold goes on as redirect does, to a page that tells sentences, of which some may
// be "".
func (r *request) redirectTold(path, done string, sentences ...string) error {
	text := strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
	if text == "" {
		return r.redirect(path, done)
	}
	told, err := r.issue(keptPurpose, r.account.ID, keptLasts, []byte(text))
	if err != nil {
		return err
	}
	return r.redirect(path, done+"&"+url.Values{"kept": {told}}.Encode())
}

// keptTold says what redirectTold has told, "" for nothing.
func (r *request) keptTold() string {
	told, err := r.readTicket(keptPurpose, r.c.Query("kept"))
	if err != nil || r.account == nil || told.Account != r.account.ID {
		return ""
	}
	return string(told.Data)
}

// mergeFields gives the fields of the form of a part: as they were sent, and as they are stored.
func (r *request) mergeFields(p *part, draft *consent.Draft, mine url.Values) []mergeField {
	theirs := p.values(draft)
	both := maps.Clone(mine)
	for name := range theirs {
		if theirs.Get(name) != "" || !both.Has(name) {
			both[name] = theirs[name]
		}
	}
	b := &builder{request: r, draft: draft, values: both}
	p.fields(b)
	return b.merging(mine, theirs)
}

// merging gives the fields that are built as two versions have them.
func (b *builder) merging(mine, theirs url.Values) []mergeField {
	var fields []mergeField
	for s := range b.sections {
		section := &b.sections[s]
		for _, row := range section.Rows {
			for i := range row.Inputs {
				in := &row.Inputs[i]
				f := mergeField{name: in.Name, kind: in.Kind, label: in.Label, unit: in.Name, mine: mine.Get(in.Name), theirs: in.sent(theirs.Get(in.Name))}
				if row.Legend != "" {
					f.label = row.Legend + " (" + in.Label + ")"
				}
				if section.Fold {
					f.label = section.Title + ": " + f.label
				}
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// sent gives what a browser sends of a field whose value nobody changes: of a select
// without it, the first.
func (in *input) sent(value string) string {
	if in.Kind != "select" || len(in.Options) == 0 || slices.ContainsFunc(in.Options, func(o choice) bool { return o.Value == value }) {
		return value
	}
	return in.Options[0].Value
}
