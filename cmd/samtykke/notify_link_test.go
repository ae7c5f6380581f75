package main

import (
	"testing"

	"github.com/samtykke/samtykke/config"
)

// Links in letters have a host, also where the settings name none.
func TestLinksInLettersHaveAHost(t *testing.T) {
	settings := &config.Config{}
	settings.Admin.Listen = "127.0.0.1:8081"
	h := &house{settings: settings}
	if got := h.notices().Admin; got != "http://localhost:8081" {
		t.Errorf("links begin with %q", got)
	}
}
