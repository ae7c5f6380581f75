package banner

import "sync"

// adminFolder is where the script of the administration is.
const adminFolder = "admin"

// Admin gives the script of the administration, which improves what works without
// it.
var Admin = sync.OnceValues(func() ([]byte, error) {
	return program{entry: "admin.ts", folder: adminFolder, format: classic}.bundle()
})
