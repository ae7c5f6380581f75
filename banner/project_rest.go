package banner

import (
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// restNotice is what the rest says in one language. Its fields become the exports
// of the module "samtykke:rest".
type restNotice struct {
	// Staying names, per service, what page script cannot remove; Stays is the
	// sentence that tells them.
	Staying map[consent.ServiceRef][]string `json:"stayingNames"`
	Stays   string                          `json:"stays"`
}

// restProgram gives the rest of one language: what most pages do without.
func restProgram(notice *consent.Notice, said *consent.Translation, lang consent.Language) program {
	draft := &notice.Draft
	texts := worded(said, lang, draft.Site.Wording)
	return program{
		entry: "rest.ts", format: module,
		modules: map[string]any{"rest": restNotice{Staying: stayingNames(draft), Stays: texts["stays"]}},
		defines: map[string]string{"AUTOMATIC": strconv.FormatBool(len(hosts(draft)) > 0), "YOUTUBE": strconv.FormatBool(draft.ShowsYouTube())},
	}
}

// inRest says that a text is one of the rest's or of a placeholder's.
func inRest(key string) bool { return key == "stays" || strings.HasPrefix(key, "place_") }
