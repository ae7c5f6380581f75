package api

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/logfilter"
)

func trailRoutes() []route {
	about := parameter{"site", "about this site", object{"type": "string"}}
	return []route{
		trailList(
			"/trail", consent.ScopeAudit, "listActs", "What administrators of the organisation, and their programs, have done, the newest first", about,
		),
		trailFile("/trail/export", consent.ScopeAudit, "exportActs", about),
		trailList(
			"/installation/trail", consent.ScopeInstallation, "listInstallationActs",
			"What belongs to no organisation, the newest first: logins, accounts, and what was done to the installation",
		),
		trailFile("/installation/trail/export", consent.ScopeInstallation, "exportInstallationActs"),
	}
}

// trailList is a trail page by page.
func trailList(path string, scope consent.Scope, name, summary string, more ...parameter) route {
	return route{
		method: http.MethodGet, path: path, scope: scope, action: trailRead, name: name, summary: summary,
		query: append(trailFields(more...), []parameter{
			{"limit", "how many at most", object{"type": "integer", "minimum": 1, "maximum": mostPage, "default": usualPage}},
			{"after", "next of the page before", object{"type": "string"}},
		}...),
		answers: map[int]any{http.StatusOK: Acts{}}, handle: (*request).trailGet,
	}
}

// trailFile is a trail as a file.
func trailFile(path string, scope consent.Scope, name string, more ...parameter) route {
	return route{
		method: http.MethodGet, path: path, scope: scope, action: "api.trail.export", name: name,
		summary: "The same as a CSV file, as the page gives it: in words beside the codes. It comes as it is read; one that breaks off is not the whole",
		query:   append(trailFields(more...), parameter{"language", "of words", object{"type": "string", "enum": figureLanguages, "default": consent.English}}, separatorField),
		files:   []string{"text/csv"}, costs: true, handle: (*request).trailFileGet,
	}
}

// trailFields are the fields of an address that say which acts are meant, after those
// that one trail alone has.
func trailFields(more ...parameter) []parameter {
	return append(more, []parameter{
		{"action", "of this name, with a key (api.…), too; notice.publish gives whatever made a notice: approvals, programs and set times, too", object{"type": "string"}},
		{"account", "of this person, and what a command did in their name", object{"type": "integer", "minimum": 1}},
		{"by", "on this way: on the pages (person), with a key, by the program itself, by a command, or on the pages by somebody who was not logged in (stranger)", object{"type": "string", "enum": consent.Doers}},
		{"from", "from this day on, as Norway has it", object{"type": "string", "format": "date"}},
		{"to", "until this day is over, as Norway has it", object{"type": "string", "format": "date"}},
	}...)
}

// trailRead is the action of an act that tells who has read the trail.
const trailRead = "api.trail.read"

// Acts is a page of the audit trail.
type Acts struct {
	Acts []Act   `json:"acts"`
	Next *string `json:"next" about:"ask for the next page with after; null on the last one"`
}

// Act is who did what to what, and why.
type Act struct {
	Year    int             `json:"year"    about:"of the trail, UTC"`
	Part    int             `json:"part"    about:"of the year: 1, and one more for each time that the trail broke off"`
	Number  int64           `json:"number"  about:"within the part, from 0"`
	Time    string          `json:"time"`
	By      consent.Doer    `json:"by"      about:"person: on the pages; key: a program with an API key of that person; program: this program by itself; command: on the server; stranger: somebody on the pages who was not logged in, such as before a password is chosen"`
	Account *int64          `json:"account" about:"of the person; null for the program itself, commands and strangers"`
	Person  *string         `json:"person"  about:"what the account is called now; null when it cannot be told"`
	Email   *string         `json:"email"   about:"what address the account has now; null when it cannot be told"`
	Site    consent.SiteKey `json:"site"    about:"empty when it is about none"`
	Action  string          `json:"action"`
	Object  string          `json:"object"  about:"begins with key= and the key when a program did it"`
	Reason  string          `json:"reason"`
	Changes []Changed       `json:"changes" about:"of which fields it tells"`
	More    int             `json:"more"    about:"how many fields more it changed"`
	Rest    []ChangesMore   `json:"rest"    about:"what those are, by kind; empty for acts from before it was told"`
	Hash    *string         `json:"changes_hash" about:"SHA-256 of all that it changed, as canonical JSON (RFC 8785): a list of field, was and is, uncut and sorted by these; null when it changed nothing, and for acts from before it was kept"`
}

// Changed is one field that an act changed.
type Changed struct {
	Field string `json:"field" about:"its path"`
	Was   string `json:"was"   about:"empty for nothing; of a list of hosts, countries or addresses what it lost, with blanks between; long texts are cut around each part that differs: ⟪120⟫ stands for 120 characters left out, ⟪≠120⟫ for such that differ, too"`
	Is    string `json:"is"    about:"empty for nothing; of such a list what it got; long texts are cut around each part that differs: ⟪120⟫ stands for 120 characters left out, ⟪≠120⟫ for such that differ, too"`
}

// ChangesMore is what an act changed and does not tell field by field, of one kind.
type ChangesMore struct {
	Kind   string   `json:"kind"   about:"a field, such as hosts; services, categories or cookies that came or went; or other, for what decides little"`
	Fields int      `json:"fields" about:"how many"`
	Parts  []string `json:"parts"  about:"where: such as services.counter, with its cookies, or site"`
	More   int      `json:"more"   about:"in how many places more"`
}

// trailAsked reads which acts the address asks for: of the trail that is told who reads it.
func (r *request) trailAsked() (consent.TrailQuery, error) {
	act, _ := consent.ActOf(r.ctx)
	query := consent.TrailQuery{
		Organisation: act.Organisation, Site: consent.SiteKey(r.c.Query("site")), Action: r.c.Query("action"), By: consent.Doer(r.c.Query("by")), EveryWay: true, Limit: usualPage,
	}
	var faults consent.Problems
	if query.Site != "" && !query.Site.Valid() {
		errField(&faults, "site", "bad_choice", "That is no key of a site.", "Write one, such as the list of sites gives.")
	}
	if query.Action != "" && !r.KnowsAct(query.Action) { // nothing found must not look like nothing done, and what is no action not stand in the trail
		errField(&faults, "action", "bad_choice", "That is no name of an action.", "Write one, such as acts have, or leave it out.")
	}
	if query.By != "" && !slices.Contains(consent.Doers, query.By) {
		errField(&faults, "by", "bad_choice", "Nothing is done on such a way.", "Write person, key, program, command or stranger, or leave it out.")
	}
	if text := r.c.Query("account"); text != "" {
		var ok bool
		if query.Account, ok = consent.ParseAccountID(text); !ok {
			errField(&faults, "account", "bad_account", "That is no account.", "Write the number of one.")
		}
	}
	var wrong []logfilter.Fault
	query.From, query.Until, wrong = logfilter.Days(r.c.Query("from"), r.c.Query("to"))
	errFlaws(&faults, wrong)
	query.Limit = r.pageLimit(&faults)
	if text := r.c.Query("after"); text != "" {
		var ok bool
		if query.Before, ok = consent.ParseActPlace(text); !ok {
			errField(&faults, "after", "bad_after", "That is not what a page gave.", "Write next of the page before.")
		}
	}
	if len(faults) > 0 {
		return query, errFaults("The address asks for what there cannot be.", faults)
	}
	return query, nil
}

// pageLimit reads how many the address asks for.
func (r *request) pageLimit(faults *consent.Problems) int {
	text := r.c.Query("limit")
	if text == "" {
		return usualPage
	}
	limit, err := strconv.Atoi(text)
	if err != nil || limit < 1 || limit > mostPage {
		errField(faults, "limit", "bad_limit", "That is no number of them.", "Write one from 1 to "+strconv.Itoa(mostPage)+".")
	}
	return limit
}

// trailGet gives a page. The next one begins after its last act, so none is repeated
// or skipped while new ones come in.
func (r *request) trailGet() (*answer, error) {
	query, err := r.trailAsked()
	if err != nil {
		return nil, err
	}
	wanted := query.Limit
	query.Limit++
	found, err := r.Store.Acts(r.ctx, query)
	if err != nil {
		return nil, err
	}
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return nil, err
	}
	names, emails := map[consent.AccountID]string{}, map[consent.AccountID]string{}
	for i := range accounts {
		emails[accounts[i].ID] = accounts[i].Email
		names[accounts[i].ID] = cmp.Or(accounts[i].Name, accounts[i].Email)
	}
	page := Acts{Acts: []Act{}}
	if len(found) > wanted {
		found = found[:wanted]
		page.Next = new(found[wanted-1].Place())
	}
	for i := range found {
		page.Acts = append(page.Acts, newAct(&found[i], names, emails))
	}
	tag, err := r.trailTag(page.Acts)
	if err != nil {
		return nil, err
	}
	if matches(r.c.Get(fiber.HeaderIfNoneMatch), tag, true) { // nothing of it is read again, and nothing told of that
		return &answer{tag: tag}, nil
	}
	act, _ := consent.ActOf(r.ctx)
	return &answer{body: page, tag: tag}, r.Looks.Acts(r.ctx, act, found, r.trailWords())
}

// trailTag is the ETag of a page. That the program itself has read the trail stands in
// it and is no news to it: the newest act beside that, and what is asked for, decide the
// rest, as acts are never changed.
func (r *request) trailTag(acts []Act) (string, error) {
	own := "key=" + string(r.key.ID)
	newest := slices.IndexFunc(acts, func(a Act) bool { return a.Action != trailRead || !strings.HasPrefix(a.Object, own) })
	if newest >= 0 {
		acts = acts[newest : newest+1]
	}
	body, err := encode(struct {
		Asked string
		Acts  []Act
	}{string(r.c.Context().QueryArgs().QueryString()), acts})
	return tagOf(body), err
}

// trailWords tells how what is read of the trail is narrowed.
func (r *request) trailWords() string {
	var words []string
	for _, name := range []string{"site", "action", "account", "by", "from", "to"} {
		if value := r.c.Query(name); value != "" {
			words = append(words, name+"="+value)
		}
	}
	return strings.Join(words, " ")
}

func newAct(entry *consent.ActEntry, names, emails map[consent.AccountID]string) Act {
	act := Act{
		Year: entry.Year, Part: entry.Part, Number: entry.Number, Time: stamp(entry.Time), By: entry.By(), Site: entry.Site, Action: entry.Action, Object: entry.Object, Reason: entry.Reason,
		Changes: []Changed{}, More: entry.More, Rest: []ChangesMore{},
	}
	for _, c := range entry.Changes {
		act.Changes = append(act.Changes, Changed(c))
	}
	for _, left := range entry.Rest {
		act.Rest = append(act.Rest, ChangesMore(left))
	}
	if !entry.ChangesHash.IsZero() {
		act.Hash = new(entry.ChangesHash.String())
	}
	if email := emails[entry.Account]; email != "" {
		act.Email = &email
	}
	if entry.Account != 0 {
		act.Account = new(int64(entry.Account))
	}
	if name := names[entry.Account]; name != "" {
		act.Person = &name
	}
	return act
}
