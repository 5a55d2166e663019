package keychain

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/zalando/go-keyring"
)

// OSTimeout is how long the operating system's keychain may take for one call when OSOptions
// does not say otherwise: long enough for a person to answer an unlock prompt that is in view,
// short enough for a prompt that nobody sees.
const OSTimeout = 10 * time.Second

// OSOptions are the facts that the operating system's keychain needs from the environment.
type OSOptions struct {
	Timeout time.Duration // of one call; zero means OSTimeout
	// SessionBus is DBUS_SESSION_BUS_ADDRESS and RuntimeDir is XDG_RUNTIME_DIR, as they stand in
	// the environment. They matter on Linux and the BSDs only.
	SessionBus, RuntimeDir string
}

// OS is the operating system's own keychain: Windows Credential Manager, macOS Keychain or a
// Secret Service such as GNOME Keyring and KWallet.
type OS struct {
	system  string // as runtime.GOOS
	options OSOptions
	calls   ring
	// turn holds one token. A call that nobody answers keeps it, so that a forgotten unlock
	// prompt is not joined by a second one.
	turn chan struct{}
}

// ring is the three calls of the operating system's keychain.
type ring struct {
	get    func(service, user string) (string, error)
	set    func(service, user, password string) error
	delete func(service, user string) error
}

// NewOS returns the keychain of the running operating system. Nothing is touched yet.
func NewOS(options OSOptions) *OS {
	return newOS(runtime.GOOS, options, ring{get: keyring.Get, set: keyring.Set, delete: keyring.Delete})
}

func newOS(system string, options OSOptions, calls ring) *OS {
	if options.Timeout <= 0 {
		options.Timeout = OSTimeout
	}
	return &OS{system: system, options: options, calls: calls, turn: make(chan struct{}, 1)}
}

// Kind is "keychain".
func (o *OS) Kind() string { return "keychain" }

// Describe is the keychain's name on this operating system.
func (o *OS) Describe() string {
	switch o.system {
	case "windows":
		return "Windows Credential Manager"
	case "darwin":
		return "macOS Keychain"
	default:
		return "Secret Service keyring"
	}
}

// Ready keeps, reads and deletes a random secret.
func (o *OS) Ready(ctx context.Context) error { return prove(ctx, o) }

// Get returns the entry's secret, or ErrNotFound.
func (o *OS) Get(ctx context.Context, entry Entry) (Secret, error) {
	value, err := o.call(ctx, func() (string, error) { return o.calls.get(Service, string(entry)) })
	if err != nil {
		return Secret{}, o.explain("read", err, "")
	}
	return NewSecret(value), nil
}

// Set keeps the secret under the service "mailgrant" and the entry's name. After ErrTimeout the
// keychain may still keep it, when somebody answers its prompt late.
func (o *OS) Set(ctx context.Context, entry Entry, secret Secret) error {
	value := secret.Reveal()
	switch limit := o.limit(); {
	case secret.IsZero():
		return ErrEmpty
	case limit > 0 && len(value) > limit:
		return fmt.Errorf("%s: %w: %d bytes, at most %d fit", o.Describe(), ErrTooLarge, len(value), limit)
	}
	_, err := o.call(ctx, func() (string, error) { return "", o.calls.set(Service, string(entry), value) })
	return o.explain("write", err, value)
}

// Delete removes the entry.
func (o *OS) Delete(ctx context.Context, entry Entry) error {
	_, err := o.call(ctx, func() (string, error) { return "", o.calls.delete(Service, string(entry)) })
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return o.explain("delete from", err, "")
}

// limit is the largest secret in bytes, or 0. Windows documents CRED_MAX_CREDENTIAL_BLOB_SIZE as
// 5*512 (wincred.h); on macOS the whole command line of the security tool has 4,096 bytes, of
// which base64 leaves this much. Asked beforehand, because the library finds out on macOS only
// after it has started a process that it then leaves behind.
func (o *OS) limit() int {
	switch o.system {
	case "windows":
		return 2560
	case "darwin":
		return 2800
	}
	return 0
}

// call runs one call of the keychain, which knows no context and may wait for a person for ever.
func (o *OS) call(ctx context.Context, work func() (string, error)) (string, error) {
	if err := o.reachable(); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, o.options.Timeout, ErrTimeout)
	defer cancel()
	select {
	case o.turn <- struct{}{}:
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	type answer struct {
		value string
		err   error
	}
	answered := make(chan answer, 1)
	go func() {
		defer func() { <-o.turn }()
		defer func() {
			// The library asserts the types of what arrives over D-Bus; a strange Secret Service
			// must not end the program.
			if recover() != nil {
				answered <- answer{err: fmt.Errorf("%w: its answer is not of the Secret Service's form", ErrUnavailable)}
			}
		}()
		value, err := work()
		answered <- answer{value, err}
	}()
	select {
	case a := <-answered:
		return a.value, a.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// reachable reports whether there is a session bus to talk to. Without one the D-Bus library
// would start dbus-launch, and with it a bus and a keyring daemon that outlive the program.
func (o *OS) reachable() error {
	if o.system == "windows" || o.system == "darwin" {
		return nil
	}
	if address := o.options.SessionBus; address != "" && address != "autolaunch:" {
		return nil
	}
	if o.options.RuntimeDir == "" {
		return fmt.Errorf("%w: no session bus is named (DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR)", ErrUnavailable)
	}
	socket := filepath.Join(o.options.RuntimeDir, "bus")
	if _, err := os.Stat(socket); err != nil {
		return fmt.Errorf("%w: there is no session bus at %s", ErrUnavailable, socket)
	}
	return nil
}
