package banner

import "sync"

// meFolder is where the script of the page for visitors is.
const meFolder = "me"

// Me gives the script of the page on which visitors see their own Decisions. It
// is the same for every Site and language, and can stand inline in a page.
var Me = sync.OnceValues(func() ([]byte, error) {
	return program{entry: "me.ts", folder: meFolder, format: classic}.bundle()
})
