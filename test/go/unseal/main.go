// unseal opens a SealedSecret with the code that the controller itself runs, and prints the values of the Secret as
// JSON: base64 by key. Usage: unseal <private-key.pem> < sealed.yaml
package main

import (
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"io"
	"os"

	ssv1alpha1 "github.com/bitnami-labs/sealed-secrets/pkg/apis/sealedsecrets/v1alpha1"
	"github.com/bitnami-labs/sealed-secrets/pkg/crypto"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/util/keyutil"
)

func main() {
	if err := unseal(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func unseal(keyFile string) error {
	keys, err := readKey(keyFile)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	if err := ssv1alpha1.AddToScheme(scheme.Scheme); err != nil {
		return err
	}
	codecs := serializer.NewCodecFactory(scheme.Scheme)
	var sealed ssv1alpha1.SealedSecret
	if err := runtime.DecodeInto(codecs.UniversalDecoder(), text, &sealed); err != nil {
		return err
	}
	secret, err := sealed.Unseal(codecs, keys)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(secret.Data)
}

func readKey(file string) (map[string]*rsa.PrivateKey, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	parsed, err := keyutil.ParsePrivateKeyPEM(pem)
	if err != nil {
		return nil, err
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%s: %T is no RSA key", file, parsed)
	}
	fingerprint, err := crypto.PublicKeyFingerprint(&key.PublicKey)
	if err != nil {
		return nil, err
	}
	return map[string]*rsa.PrivateKey{fingerprint: key}, nil
}
