package elastic

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

const (
	maxTries  = 3
	firstWait = 500 * time.Millisecond // at most, after the first try; twice that after each further one
	maxWait   = 60 * time.Second       // that a server may ask for
)

// tries puts a question until it is answered, or until there is no sense in going
// on: its time is over, it was put maxTries times, or the next answer would be the same.
func (c *client) tries(ctx context.Context, w *written, into any) (http.Header, error) {
	within, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	for try := 1; ; try++ {
		header, err := c.try(within, w, into)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil {
			return header, nil
		}
		wait, again := pause(err, try)
		if deadline, _ := within.Deadline(); !again || try == maxTries || time.Until(deadline) < wait {
			return nil, err
		}
		if told := c.told.Load(); told != nil {
			(*told)(err, wait)
		}
		if c.sleep(within, wait) != nil {
			return nil, cmp.Or(ctx.Err(), err)
		}
	}
}

// try puts a question once, to the first node that can be reached.
func (c *client) try(ctx context.Context, w *written, into any) (http.Header, error) {
	first := int(c.current.Load())
	var err error
	for i := range c.nodes {
		at := (first + i) % len(c.nodes)
		n := c.nodes[at]
		var a *reply
		if a, err = n.once(ctx, w, &c.link); a == nil && ctx.Err() == nil {
			err = c.broken(n, err)
			continue
		}
		if err != nil {
			err = c.broken(n, err)
		} else {
			c.reached.Store(true)
			c.tls.Store(a.tls)
			err = c.read(a, into)
		}
		if _, again := pause(err, 1); again || errors.Is(ctx.Err(), context.DeadlineExceeded) {
			at++ // another may have more time
		}
		c.current.Store(int32(at % len(c.nodes)))
		if err != nil {
			return nil, err
		}
		return a.header, nil
	}
	return nil, err
}

// pause returns how long to wait after the try of that number, from 1, and whether to try again at all.
func pause(err error, try int) (wait time.Duration, again bool) {
	if f, ok := failed(err); ok {
		return max(f.after, jitter(try)), f.isTooBusy()
	}
	if t, ok := errors.AsType[*trouble](err); ok {
		return max(t.after, jitter(try)), t.again
	}
	return 0, false
}

// jitter is a wait of any length up to a bound that doubles with each try, so
// that those who were refused together do not come back together.
func jitter(try int) time.Duration { return rand.N(firstWait << (try - 1)) }

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if text == "" {
		return 0
	}
	var wait time.Duration
	if seconds, err := strconv.ParseUint(text, 10, 64); err == nil {
		wait = time.Duration(min(seconds, uint64(maxWait/time.Second))) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		wait = at.Sub(now)
	} else {
		return 0
	}
	return min(max(wait, 0), maxWait)
}

// sleep waits, or returns ctx's error where that ends first.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// again is what people are told while a question waits to be put again: "prod answers 429: again in 2 s".
func (c *client) again(err error, wait time.Duration) string {
	what := "does not answer"
	if f, ok := failed(err); ok {
		what = "answers " + strconv.Itoa(f.Status)
	} else if t, ok := errors.AsType[*trouble](err); ok && t.short != "" {
		what = t.short
	}
	return fmt.Sprintf("%s %s: again in %s", c.name, what, seconds(max(wait, 100*time.Millisecond)))
}

// seconds writes a time in seconds, one digit after the point below ten.
func seconds(d time.Duration) string {
	if d < 10*time.Second && d%time.Second != 0 {
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	return strconv.FormatFloat(d.Seconds(), 'f', 0, 64) + " s"
}
