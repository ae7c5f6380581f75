package web

import (
	"cmp"
	"encoding/json"
	"maps"
	"sync"

	"github.com/samtykke/samtykke/consent"
)

// AnswerLanguages are those that the answer to a data subject and the record of
// processing activities come in.
var AnswerLanguages = []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English}

var (
	answerWords = sync.OnceValue(func() map[consent.Language]Words { return mustReadMore("answer", words()) })
	recordWords = sync.OnceValue(func() map[consent.Language]Words { return mustReadMore("record", answerWords()) })
)

// AnswerWordsIn gives the texts of the answer in the language, or in the nearest
// one that it comes in: its own, their keys begin with "answer_", and those of
// the other pages.
func AnswerWordsIn(lang consent.Language) (Words, consent.Language) {
	nearest := lang.Page(AnswerLanguages)
	return answerWords()[nearest], nearest
}

// RecordWordsIn gives the texts of the record of processing activities in the
// same way: its own, their keys begin with "record_", and those of the answer.
func RecordWordsIn(lang consent.Language) (Words, consent.Language) {
	nearest := lang.Page(AnswerLanguages)
	return recordWords()[nearest], nearest
}

// LanguageName names a language in that of the reader, as within a sentence.
func LanguageName(lang, reader consent.Language) string {
	words, nearest := AnswerWordsIn(reader)
	return cmp.Or(words["answer_lang_"+string(lang)], lang.NameIn(nearest))
}

// mustReadMore reads the embedded texts of one page on top of others; a fault in
// them is a fault of the build.
func mustReadMore(page string, others map[consent.Language]Words) map[consent.Language]Words {
	all := make(map[consent.Language]Words, len(AnswerLanguages))
	for _, lang := range AnswerLanguages {
		texts := maps.Clone(others[lang])
		if err := json.Unmarshal([]byte(mustRead("text/"+page+"."+string(lang)+".json")), &texts); err != nil {
			panic(err)
		}
		all[lang] = texts
	}
	return all
}
