package admin_test

import "testing"

// notPages are routes that answer with something else than a page.
var notPages = map[string]bool{
	"/sites/:site/preview/frame":                     true,
	"/sites/:site/notices/:notice/shown/frame":       true,
	"/sites/:site/notices/:notice/notice.json":       true,
	"/sites/:site/notices/:notice/pictures/:picture": true,
	"/frames/:secret/:again/:file":                   true,
}

// morePages are pages in a state that their route alone does not show.
var morePages = []string{
	"/sites/nowhere", "/account?done=saved",
	"/sites/faulty/publish", "/sites/faulty/preview", "/sites/faulty/notices", "/sites/skogen/notices/2", "/sites/skogen/notices/2/shown?width=narrow&state=panel",
	"/sites/skogen/preview?lang=en&state=answered&width=narrow",
}

// fixtures fills Skogen with what pages show.
func fixtures(t *testing.T, h *house) {
	t.Helper()
	publishingFixtures(t, h)
}
