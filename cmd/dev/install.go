package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// need is a program that the tests start, and the Debian packages that bring it.
type need struct {
	program  string
	packages []string
}

var needs = []need{
	{"chromium", []string{"chromium"}},
	{"chromium-headless-shell", []string{"chromium-headless-shell"}},
	{"redis-server", []string{"redis-server"}},
	{"firefox-esr", []string{"firefox-esr"}},
	{"WebKitWebDriver", []string{"webkit2gtk-driver"}},
	{"Xvfb", []string{"xvfb"}},
	{"node", []string{"nodejs"}},
	{"npm", []string{"npm"}},
	{"nginx", []string{"nginx-light"}},
	{"caddy", []string{"caddy"}},
	{"apache2", []string{"apache2-bin"}},
	{"gcc", []string{"gcc", "libc6-dev"}},
}

// install brings what the tests start and is not there: by apt where that is
// possible, else it says exactly what to install.
func install(ctx context.Context) error {
	var packages []string
	for _, n := range needs {
		if _, err := exec.LookPath(n.program); err != nil {
			packages = append(packages, n.packages...)
		}
	}
	if len(packages) > 0 {
		if err := aptInstall(ctx, packages); err != nil {
			return err
		}
	}
	return npmInstall(ctx)
}

func aptInstall(ctx context.Context, packages []string) error {
	list := strings.Join(packages, " ")
	if _, err := exec.LookPath("apt-get"); err != nil || os.Geteuid() != 0 {
		return fmt.Errorf("missing programs; install them first, on Debian: sudo apt-get install %s", list)
	}
	fmt.Println("  installing", list)
	if err := quiet(ctx, ".", "apt-get", "update", "-q"); err != nil {
		return err
	}
	args := append([]string{"DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-q", "-y", "--no-install-recommends"}, packages...)
	return quiet(ctx, ".", "env", args...)
}

// npmFolders have a lock file each: the developer tools of the banner, and the
// certified provider at which tests log in.
var npmFolders = []string{"banner", "server/provider/certified"}

// npmInstall brings what the lock files pin, when they are newer than what is
// installed. npm ci would refuse to where a registry lacks the optional packages of
// other systems.
func npmInstall(ctx context.Context) error {
	for _, folder := range npmFolders {
		lock, err := os.Stat(filepath.Join(folder, "package-lock.json"))
		if err != nil {
			return fmt.Errorf("run this from the top of the repository: %w", err)
		}
		installed, err := os.Stat(filepath.Join(folder, "node_modules", ".package-lock.json"))
		if err == nil && !installed.ModTime().Before(lock.ModTime()) {
			continue
		}
		if err := quiet(ctx, folder, "npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
			return err
		}
	}
	return nil
}
