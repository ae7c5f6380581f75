package replay

import (
	"embed"
	"encoding/json"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

//go:embed text/*.json
var textFiles embed.FS

// languages are those that the page itself comes in. It is for those who run a
// site; the banner in the frame speaks the visitor's.
var languages = []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}

var texts = mustReadTexts()

// wordsIn gives the texts in the language, or in the nearest one.
func wordsIn(language consent.Language) (web.Words, consent.Language) {
	nearest := language.Page(languages)
	return texts[nearest], nearest
}

// clock writes a moment in words, to the second.
func clock(language consent.Language, moment time.Time) string {
	general, _ := web.WordsIn(language)
	return general.Exact(moment)
}

// mustReadTexts reads the embedded texts; a fault in them is a fault of the build.
func mustReadTexts() map[consent.Language]web.Words {
	all := make(map[consent.Language]web.Words, len(languages))
	for _, language := range languages {
		data, err := textFiles.ReadFile("text/" + string(language) + ".json")
		if err != nil {
			panic(err)
		}
		var words web.Words
		if err := json.Unmarshal(data, &words); err != nil {
			panic(err)
		}
		all[language] = words
	}
	return all
}
