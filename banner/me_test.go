package banner

import (
	"regexp"
	"testing"
)

// The page keeps and loads nothing, and the token goes nowhere but into the one
// header that authorises.
func TestMeScriptKeepsNothing(t *testing.T) {
	script, err := Me()
	if err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile(`(?i)https?://|@import|XMLHttp|WebSocket|sendBeacon|localStorage|sessionStorage|indexedDB|\.cookie\b|innerHTML|\beval\(`).FindAll(script, -1); found != nil {
		t.Errorf("the script loads, sends or keeps something: %q", found)
	}
	if uses := regexp.MustCompile(`Bearer`).FindAll(script, -1); len(uses) != 1 {
		t.Errorf("the script names the authorisation %d times", len(uses))
	}
	if len(script) > 64<<10 {
		t.Errorf("the script has %d bytes", len(script))
	}
}
