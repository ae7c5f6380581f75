package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

func publishRoutes() []route {
	const site, notice = "/sites/:site", "/sites/:site/notices/:notice"
	return []route{
		{method: http.MethodGet, path: site + "/publish", may: consent.MaySee, handle: (*request).publishGet},
		{method: http.MethodPost, path: site + "/publish", may: consent.MayPublish, action: consent.ActPublish, reason: true, handle: (*request).publishPost},
		{method: http.MethodGet, path: site + "/preview", may: consent.MaySee, handle: (*request).previewGet},
		{method: http.MethodGet, path: site + "/preview/frame", may: consent.MaySee, handle: (*request).previewFrameGet},
		{method: http.MethodGet, path: site + "/notices", may: consent.MaySee, handle: (*request).noticesGet},
		{method: http.MethodGet, path: notice, may: consent.MaySee, handle: (*request).noticeGet},
		{method: http.MethodGet, path: notice + "/notice.json", may: consent.MaySee, handle: (*request).noticeFileGet},
		{method: http.MethodGet, path: notice + "/shown", may: consent.MaySee, handle: (*request).shownGet},
		{method: http.MethodGet, path: notice + "/shown/frame", may: consent.MaySee, handle: (*request).shownFrameGet},
		{method: http.MethodGet, path: notice + "/pictures/:picture", may: consent.MaySee, handle: (*request).pictureGet},
		{method: http.MethodPost, path: notice + "/restore", may: consent.MayEdit, action: "draft.restore", ask: asksOnly("draft_restore"), handle: (*request).restorePost},
		{method: http.MethodGet, path: "/frames/:secret/:again/:file", who: everybody, handle: (*request).frameFileGet},
	}
}

// here gives the address of a page of the Site.
func (r *request) here(path string) string { return "/sites/" + string(r.site.Key) + path }
