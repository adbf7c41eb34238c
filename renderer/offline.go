package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
)

var errRemote = errors.New("nothing is fetched while rendering")

type noTransport struct{}

func (noTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("%s: %w", request.URL.Redacted(), errRemote)
}

// goOffline takes away what the engines reach out with: the environment (so also PATH, with git in it), HTTP and DNS.
func goOffline() {
	os.Clearenv()
	http.DefaultTransport = noTransport{}
	net.DefaultResolver = &net.Resolver{
		PreferGo: true,
		Dial:     func(context.Context, string, string) (net.Conn, error) { return nil, errRemote },
	}
}
