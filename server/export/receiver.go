package export

import (
	"context"
	"io"
	"net"
	"time"
)

const (
	// sendWait is how long somebody may take to receive a part. The server's own limit is
	// for a whole answer, and an export may take hours.
	sendWait = time.Minute
	// askAgain is after how many bytes it is asked again whether somebody may receive more.
	askAgain = 256 << 10
)

// Receiver is somebody who receives an export while it is made.
type Receiver struct {
	Conn net.Conn
	// May is an error once what let them in has ended: the login or the key, or the right
	// to what is exported.
	May func(context.Context) error

	left int // bytes until it is asked
}

// Ask asks whether they may receive more.
func (r *Receiver) Ask(ctx context.Context) error {
	r.left = askAgain
	return r.May(ctx)
}

// Writer gives what writes to them in parts of any size, waits for each, and asks now and
// then whether they may receive more.
func (r *Receiver) Writer(ctx context.Context, to io.Writer) io.Writer {
	return &receiving{ctx, r, to}
}

type receiving struct {
	ctx context.Context
	*Receiver
	to io.Writer
}

// Write writes a part.
func (r *receiving) Write(data []byte) (int, error) {
	if r.left -= len(data); r.left < 0 {
		if err := r.Ask(r.ctx); err != nil {
			return 0, err
		}
	}
	_ = r.Conn.SetWriteDeadline(time.Now().Add(sendWait)) //nolint:forbidigo // a deadline is the system's, not of the clock that is told
	return r.to.Write(data)
}
