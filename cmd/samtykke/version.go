package main

import (
	"encoding/json"
	"runtime"
	"runtime/debug"
)

// release is the version of the program.
const release = "0.1.0-dev"

type versionCmd struct {
	JSON bool `help:"Write one JSON object." name:"json"`
}

// Run shows the version, the commit it was built from, and the Go release.
func (c *versionCmd) Run(t *terminal) error {
	commit := commit()
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]string{
			"version": release, "commit": commit, "go": runtime.Version(),
		})
	}
	t.say("samtykke %s (commit %s, %s)", release, orDash(commit), runtime.Version())
	return nil
}

func commit() string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range build.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value[:min(12, len(setting.Value))]
		}
	}
	return ""
}
