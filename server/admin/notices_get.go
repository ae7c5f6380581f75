package admin

import (
	"errors"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// noticesOnPage is how many notices a page lists.
const noticesOnPage = 25

// noticesPage is the history of what a site has published.
type noticesPage struct {
	Notices []noticeLine
	Older   string // address of the next page, "" when there is none
	Newest  string // of the first page, "" on it
}

// noticeLine is a notice in the history.
type noticeLine struct {
	consent.NoticeEntry
	URL     string
	Short   string // of its hash
	Current bool
	First   bool
	Asked   askedWords
	Past    *pastShown // nil when the trail does not tell
}

// noticesGet lists the notices of a site, newest first.
func (r *request) noticesGet() error {
	all, err := r.Store.Notices(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	shown := noticesPage{}
	start := 0
	if before, err := strconv.Atoi(r.c.Query("before")); err == nil {
		for start < len(all) && int(all[start].Number) >= before {
			start++
		}
	}
	if start > 0 {
		shown.Newest = r.here("/notices")
	}
	var later *consent.Notice
	for i := start; i < min(len(all), start+noticesOnPage+1); i++ {
		notice, err := r.Store.Notice(r.ctx, r.site.Key, all[i].Number)
		if err != nil {
			return err
		}
		if later != nil {
			r.tellAsked(&shown.Notices[len(shown.Notices)-1], notice, later)
		}
		later = notice
		if i == start+noticesOnPage {
			shown.Older = r.here("/notices?before=" + strconv.Itoa(int(all[i-1].Number)))
			break
		}
		shown.Notices = append(shown.Notices, noticeLine{
			NoticeEntry: all[i], URL: r.noticeURL(all[i].Number), Short: all[i].Hash.String()[:12], Current: i == 0, First: i == len(all)-1,
		})
	}
	if n := len(shown.Notices); n > 0 && shown.Notices[n-1].First {
		r.tellAsked(&shown.Notices[n-1], nil, later)
	}
	if err := r.tellPasts(shown.Notices); err != nil {
		return err
	}
	return r.show(page{name: "notices.html", title: "notices_title", data: shown})
}

// tellPasts says how the notices of a page came to be.
func (r *request) tellPasts(lines []noticeLine) error {
	numbers := make([]consent.NoticeNumber, len(lines))
	for i := range lines {
		numbers[i] = lines[i].Number
	}
	pasts, err := r.pasts(numbers...)
	for i := range lines {
		if lines[i].Past = pasts[lines[i].Number]; lines[i].Past != nil {
			lines[i].Past.Comment = shortText(lines[i].Past.Comment)
		}
	}
	return err
}

func (r *request) tellAsked(line *noticeLine, before, notice *consent.Notice) {
	line.Asked = r.askedWords(before.Said(), &notice.Draft, consent.CompareAsks(before.Said(), &notice.Draft))
}

func (r *request) noticeURL(number consent.NoticeNumber) string {
	return r.here("/notices/" + strconv.Itoa(int(number)))
}

// notice gives the Notice that the path names. One that does not exist is a page
// that does not exist.
func (r *request) notice() (*consent.Notice, error) {
	number, err := strconv.Atoi(r.c.Params("notice"))
	if err != nil || number < 1 || strconv.Itoa(number) != r.c.Params("notice") {
		return nil, errNoPage()
	}
	notice, err := r.Store.Notice(r.ctx, r.site.Key, consent.NoticeNumber(number))
	return notice, orNoPage(err)
}

// orNoPage makes what does not exist a page that does not exist.
func orNoPage(err error) error {
	var own *consent.Error
	if errors.As(err, &own) && own.Kind == consent.NotFound {
		return errNoPage()
	}
	return err
}
