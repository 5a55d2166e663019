package providers

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// pemBlocks are the parts of a PEM file that matter, still encoded.
type pemBlocks struct {
	keys         []*pem.Block
	certificates [][]byte
}

func readBlocks(text []byte) (pemBlocks, error) {
	var read pemBlocks
	rest := text
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		switch {
		case block.Type == "CERTIFICATE":
			read.certificates = append(read.certificates, block.Bytes)
		case strings.HasSuffix(block.Type, "PRIVATE KEY"):
			read.keys = append(read.keys, block)
		case strings.HasSuffix(block.Type, "CERTIFICATE REQUEST"):
			return pemBlocks{}, errors.New("certificate is only a request for one: take what the authority gave back")
		}
	}
	begun := bytes.Count(text, []byte("-----BEGIN "))
	switch {
	case begun == 0:
		return pemBlocks{}, errors.New("certificate is not PEM, which has -----BEGIN in it: make it from a .pfx file with openssl pkcs12 -in FILE.pfx -nodes -out FILE.pem")
	case bytes.Contains(rest, []byte("-----BEGIN ")) || len(read.keys)+len(read.certificates) == 0:
		return pemBlocks{}, errors.New("certificate is cut or damaged: a part has no end, or characters that PEM does not have")
	}
	return read, nil
}

// certificateOf is the one certificate that the key belongs to.
func (b pemBlocks) certificateOf(key *rsa.PrivateKey) (*x509.Certificate, error) {
	if len(b.certificates) == 0 {
		return nil, errors.New("private key has no certificate beside it: put the certificate (-----BEGIN CERTIFICATE-----) into the same file")
	}
	var own, other *x509.Certificate
	for _, der := range b.certificates {
		one, err := x509.ParseCertificate(der)
		switch {
		case err != nil:
			return nil, fmt.Errorf("certificate cannot be read (%s): export it once more", Clean(err.Error()))
		case !key.PublicKey.Equal(one.PublicKey):
			other = one
		case own != nil && !own.Equal(one):
			return nil, errors.New("private key has several certificates beside it that were made with it: leave the one that is uploaded")
		default:
			own = one
		}
	}
	if own == nil {
		return nil, fmt.Errorf("private key does not belong to the certificate of %s: take the key that the certificate was made with", Clean(other.Subject.String()))
	}
	return own, nil
}

// key is the one RSA key among the blocks.
func (b pemBlocks) key() (*rsa.PrivateKey, error) {
	switch {
	case len(b.keys) == 0:
		return nil, errors.New("certificate has no private key beside it: put the key (-----BEGIN PRIVATE KEY-----) into the same file")
	case len(b.keys) > 1:
		return nil, fmt.Errorf("certificate has %d private keys beside it: leave the one that it was made with", len(b.keys))
	}
	block := b.keys[0]
	if _, legacy := block.Headers["DEK-Info"]; legacy || strings.HasPrefix(block.Type, "ENCRYPTED") {
		return nil, errors.New("private key is encrypted: decrypt it with openssl pkey -in FILE.pem -out KEY.pem and give KEY.pem with the certificate")
	}
	var key any
	var err error
	switch block.Type {
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	if err != nil { // its own words may quote the key
		return nil, errors.New("private key cannot be read: it is cut or damaged, export it once more")
	}
	own, isRSA := key.(*rsa.PrivateKey)
	if !isRSA {
		return nil, errors.New("private key is not an RSA key, and Entra takes no other from an app: make a certificate with an RSA key of 2048 bits or more")
	}
	return own, nil
}
