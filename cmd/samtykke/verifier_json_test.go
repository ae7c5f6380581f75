package main_test

import (
	"strings"
	"testing"
)

// TestVerifierHoldsWhatStandsBeside: the JSON that a visitor downloads from a real
// server holds, and does not when somebody changed what stands beside a proof.
func TestVerifierHoldsWhatStandsBeside(t *testing.T) {
	i := newInstallation(t)
	server := i.start(t)
	made := newPost(exampleBundle(t), "accept_all", true)
	answer := decide(t, server, made)
	mine := fetchAs(t, server.url+"/gjerdrum/me", made.Token)
	keys := fetchAs(t, server.url+"/gjerdrum/log/keys", "")
	p := openTab(t, "chromium")
	p.visit(writeVerifier(t) + "#en")
	if says := p.verdict(mine, keys); !strings.HasPrefix(says, "The receipt holds") {
		t.Errorf("of what the server gave is said\n%s", says)
	}
	decisions := mine[len(`{"decisions":`) : len(mine)-1]
	lies := strings.Replace(decisions, `"state":"given"`, `"state":"refused"`, 1)
	if says := p.verdict(`{"decisions":`+lies+`,"decisions":`+decisions+`}`, keys); !strings.HasPrefix(says, "The receipt does not hold") || !strings.Contains(says, "stands twice") {
		t.Errorf("of decisions that stand twice is said\n%s", says)
	}
	if says := p.verdict(`{"decisions":`+decisions+`,"rights":[]}`, keys); !strings.HasPrefix(says, "The receipt holds") || !strings.Contains(says, "Not proven by any log: valid_until, standing, stands_until, deleted, rights.") {
		t.Errorf("of what is not proven is said\n%s", says)
	}
	if says := p.verdict(answer.body, keys); !strings.HasPrefix(says, "Cannot be checked") || !strings.Contains(says, "the answer to the choice "+made.ID) || !strings.Contains(says, "Get the whole receipt on the page “Your choices”") {
		t.Errorf("of the answer to a decision is said\n%s", says)
	}
	for was, is := range map[string]string{
		`"state":"given"`:                    `"state":"refused"`,
		`"statistics":true`:                  `"statistics":false`,
		`"notice_hash":"`:                    `"notice_hash":"0`,
		`"id":"` + made.ID[:8]:               `"id":"00000000`,
		`"language":"` + made.Language + `"`: `"language":"xx"`,
	} {
		forged := strings.Replace(mine, was, is, 1)
		if forged == mine {
			t.Fatalf("%s is not in %s", was, mine)
		}
		if says := p.verdict(forged, keys); !strings.HasPrefix(says, "The receipt does not hold") || !strings.Contains(says, "Beside the proof") {
			t.Errorf("with %s is said\n%s", is, says)
		}
	}
}
