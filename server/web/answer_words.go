package web

import (
	"encoding/json"
	"maps"

	"github.com/samtykke/samtykke/consent"
)

// AnswerLanguages are those that the answer to a data subject comes in.
var AnswerLanguages = []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}

var answerWords = mustReadAnswerWords()

// AnswerWordsIn gives the texts of the answer in the language, or in the nearest
// one that it comes in: its own, their keys begin with "answer_", and those of
// the other pages.
func AnswerWordsIn(lang consent.Language) (Words, consent.Language) {
	nearest := lang.Nearest(AnswerLanguages)
	return answerWords[nearest], nearest
}

// mustReadAnswerWords reads the embedded texts; a fault in them is a fault of the build.
func mustReadAnswerWords() map[consent.Language]Words {
	all := make(map[consent.Language]Words, len(AnswerLanguages))
	for _, lang := range AnswerLanguages {
		texts := maps.Clone(words[lang])
		if err := json.Unmarshal([]byte(mustRead("text/answer."+string(lang)+".json")), &texts); err != nil {
			panic(err)
		}
		all[lang] = texts
	}
	return all
}
