package main_test

import (
	"slices"
	"strings"
)

// filmAddresses are the forms in which people write the address of a film, and what
// is asked for after a yes.
var filmAddresses = [][2]string{
	{"https://www.youtube.com/embed/F01?rel=0&start=12", "F01?rel=0&start=12"},
	{"http://www.youtube.com/embed/F02", "F02?"},
	{"//youtube.com/embed/F03", "F03?"},
	{"https://m.youtube.com/watch?v=F04", "F04?v=F04"},
	{"https://youtu.be/F05?t=90", "F05?t=90&start=90"},
	{"https://www.youtube.com/watch?app=desktop&v=F06&t=42s", "F06?app=desktop&v=F06&t=42s&start=42"},
	{"https://youtube.com/shorts/F07", "F07?"},
	{"https://www.youtube.com/live/F08", "F08?"},
	{"https://www.youtube.com/v/F09", "F09?"},
	{"https://www.youtube.com/playlist?list=L10", "videoseries?list=L10"},
	{"https://www.youtube.com/embed?listType=playlist&list=L11", "videoseries?listType=playlist&list=L11"},
	{"https://www.youtube-nocookie.com/embed/F12?start=5", "F12?start=5"},
}

// filmsPage has films in every form: whichever it is, nothing but the host without
// cookies is asked, at the press and on the next page, and so for a pasted block.
func filmsPage(c *caseOn) {
	const noCookie = "https://www.youtube-nocookie.com/embed/"
	var body strings.Builder
	want, asked := []string{}, []string{"www.youtube-nocookie.com/embed/PASTED"}
	for _, film := range filmAddresses {
		body.WriteString(`<iframe class="film" title="` + film[1] + `" width="300" height="170" data-category="marketing" data-service="youtube" data-src="` + strings.ReplaceAll(film[0], "&", "&amp;") + `"></iframe>`)
		want = append(want, noCookie+film[1])
		path, _, _ := strings.Cut(film[1], "?")
		asked = append(asked, "www.youtube-nocookie.com/embed/"+path)
	}
	slices.Sort(asked)
	asked = slices.Compact(asked)
	c.visit(c.put("/", body.String()+`<noembed data-category="marketing" data-service="youtube"><iframe width="560" height="315" src="https://www.youtube.com/embed/PASTED?si=x" title="Pasted"></iframe></noembed>
<iframe title="Other" data-category="necessary" data-src="/marker?of=https://www.youtube.com/embed/F99"></iframe>
<iframe title="Named" data-category="necessary" data-src="//youtube.`+c.host+`:`+c.port+`/marker"></iframe>`))
	c.await("the placeholders", `document.querySelectorAll('[data-samtykke-place=youtube]').length === 13`)
	c.wantHosts()
	c.want("what is no film left alone", `document.querySelector('[title=Other]').src === location.origin + '/marker?of=https://www.youtube.com/embed/F99'`)
	c.want("nor a host that is only named like it", `document.querySelector('[title=Named]').src.endsWith(':`+c.port+`/marker')`)
	shown := func() {
		c.t.Helper()
		c.wantHosts(asked...)
		var got []string
		c.eval(`[...document.querySelectorAll('.film')].map((film) => film.src)`, &got)
		if !slices.Equal(got, want) {
			c.t.Errorf("the films are %q, want %q", got, want)
		}
		c.wantNoFaults()
	}
	c.pressPlace("youtube")
	shown()
	c.forgetAsked()
	c.visit(c.at("/"))
	shown()
}
