package visitor

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// TestPagesLendTheirLanguageVisibly: a page that does not come in the reader's
// language says so, in the one that it is in, and marks what the site has written
// in the reader's own.
func TestPagesLendTheirLanguageVisibly(t *testing.T) {
	for lang, want := range map[consent.Language][]string{
		"ar": {`<html lang="en">`, "This page does not come in العربية yet.", `<span lang="ar" dir="rtl">القياس</span>`, "2 years", `lang="ar" dir="rtl" hreflang="ar" aria-current="true"`},
		"da": {`<html lang="nb">`, "Siden finnes ikke på Dansk ennå.", `<span lang="da">القياس</span>`, "2 år", `lang="da" hreflang="da" aria-current="true"`},
	} {
		draft := gjerdrumDraft(t)
		draft.Site.Languages = append(draft.Site.Languages, lang)
		for i := range draft.Categories {
			if category := &draft.Categories[i]; category.Key == "statistics" {
				category.Name[lang] = "القياس"
			}
		}
		notice := noticeOf(t, draft)
		page := pageOf(t, notice, lang, PageOptions{})
		for _, text := range want {
			if !strings.Contains(page, text) {
				t.Errorf("%s: the page does not hold %q", lang, text)
			}
		}
		if data := dataOf(t, notice, lang); data.Language != lang {
			t.Errorf("the data say that they are in %s, not %s", data.Language, lang)
		}
		mine, err := meIn(notice, lang, nil).Render()
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range want[:2] {
			if !strings.Contains(string(mine), text) {
				t.Errorf("%s: a visitor's own page does not hold %q", lang, text)
			}
		}
	}
	for _, lang := range web.Languages {
		draft := gjerdrumDraft(t)
		draft.Site.Languages = []consent.Language{lang}
		if page := pageOf(t, noticeOf(t, draft), lang, PageOptions{}); !strings.Contains(page, `<html lang="`+string(lang)+`">`) || strings.Count(page, `class="fixed"`) > 0 {
			t.Errorf("%s: the page excuses itself for its own language", lang)
		}
	}
}
