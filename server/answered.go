package server

import (
	"net"

	"github.com/samtykke/samtykke/server/visitor"
)

// answering is a listener whose connections tell when an answer is written out:
// what a handler returns is not yet what a visitor gets.
type answering struct{ net.Listener }

// Accept gives the next connection.
func (l answering) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &answeringConn{Conn: conn}, nil
}

// answeringConn is used by one goroutine, which handles and writes in turn.
type answeringConn struct {
	net.Conn
	after []func()
}

var _ visitor.Answering = (*answeringConn)(nil)

// Answered has work done after the next thing that is written.
func (c *answeringConn) Answered(work func()) { c.after = append(c.after, work) }

func (c *answeringConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	if err == nil {
		for _, work := range c.after {
			work()
		}
	}
	c.after = c.after[:0]
	return n, err
}
