package witness

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// maxAnswer is more than a witness has to say, in bytes.
const maxAnswer = 8 << 10

// newClient makes a client that goes where it is sent and nowhere else.
func newClient(timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            (&net.Dialer{Timeout: timeout / 2}).DialContext,
			TLSHandshakeTimeout:    timeout / 2,
			ForceAttemptHTTP2:      true,
			DisableCompression:     true,
			MaxResponseHeaderBytes: maxAnswer,
			MaxIdleConnsPerHost:    1,
			IdleConnTimeout:        15 * time.Second, // less than a Samtykke keeps them
		},
	}
}

// submit asks a witness to cosign a tree's checkpoint, and puts what it says into
// the answer. An error is a silence: the witness is not there, or not well.
func (a *Asker) submit(ctx context.Context, p *peer, tree *consent.Tree, answer *consent.WitnessAnswer) error {
	endorsed, err := a.Endorse(tree.Checkpoint)
	if err != nil {
		return err
	}
	from := answer.Size
	if from > tree.Size {
		from = 0 // the database has forgotten: let the witness say what it knows
	}
	for range 3 { // it may learn of newer checkpoints from others meanwhile
		submission := consent.Submission{From: from, Checkpoint: endorsed}
		if from > 0 {
			if submission.Path, err = a.Ledger.Consistency(ctx, tree.Origin, from, tree.Size); err != nil {
				return err
			}
		}
		status, body, err := a.post(ctx, p, submission.Encode())
		if err != nil {
			return err
		}
		if status != http.StatusConflict {
			return a.read(status, body, p, tree, from, answer)
		}
		known, err := parseSize(body)
		if err != nil {
			return err
		}
		if known == from || known > tree.Size {
			a.conflict(ctx, tree, from, known, answer)
			return nil
		}
		from = known
	}
	return errors.New("it named another size each time")
}

// post sends one request.
func (a *Asker) post(ctx context.Context, p *peer, body []byte) (status int, answer []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL+"/add-checkpoint", bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Content-Type", "text/plain; charset=utf-8")
	response, err := a.client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	return response.StatusCode, answer, err
}

// read takes every answer but that of another size.
func (a *Asker) read(status int, body []byte, p *peer, tree *consent.Tree, from int64, answer *consent.WitnessAnswer) error {
	switch status {
	case http.StatusOK:
		line, at, err := a.Verify(tree.Checkpoint, body, p.Key)
		if err != nil {
			return err
		}
		a.Cosigned.Add(1)
		answer.Cosignature = line
		answer.Size, answer.Time, answer.Trouble, answer.Forked = tree.Size, at, "", false
	case http.StatusNotFound:
		answer.Trouble = "it does not watch this ledger: those who run it add the ledger key of this server (samtykke log witness)"
	case http.StatusForbidden:
		answer.Trouble = "it watches this ledger with another key: those who run it need the ledger key of this server (samtykke log witness)"
	case http.StatusUnprocessableEntity:
		answer.Trouble = fmt.Sprintf("the %d leaves that it has seen are not the first of the %d that there are", from, tree.Size)
		answer.Forked = true
	default:
		return fmt.Errorf("its answer has the status %d", status)
	}
	return nil
}

// conflict is about a witness that knows a tree of the same size with another
// root, or a larger one. Only when ours has grown to that meanwhile it is none.
func (a *Asker) conflict(ctx context.Context, tree *consent.Tree, from, known int64, answer *consent.WitnessAnswer) {
	if known == from {
		answer.Trouble, answer.Forked = fmt.Sprintf("it has seen other leaves: another root of the same size, %d", known), true
		return
	}
	_, err := a.Ledger.Consistency(ctx, tree.Origin, known, known)
	if answer.Forked = err != nil; answer.Forked {
		answer.Trouble = fmt.Sprintf("it has seen %d leaves, and there are %d: the ledger was forked, or the database put back from a copy", known, tree.Size)
	} else {
		answer.Trouble = "it has seen a newer checkpoint already"
	}
}

// parseSize reads the size that a witness knows.
func parseSize(body []byte) (int64, error) {
	text := strings.TrimSuffix(string(body), "\n")
	size, err := strconv.ParseInt(text, 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != text {
		return 0, errors.New("it names no size")
	}
	return size, nil
}
