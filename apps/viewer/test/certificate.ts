/** A certificate for `localhost` that signs itself, and its key: known to everybody, good for nothing but tests. */
export const CERTIFICATE: string = pem(
  'CERTIFICATE',
  [
    'MIIBmjCCAUGgAwIBAgIUNNarltymChZN52UDkvUHjt8d59AwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3',
    'N0MCAXDTI2MTEyMjE4NDgxNFoYDzIxMjYxMDI5MTg0ODE0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjO',
    'PQIBBggqhkjOPQMBBwNCAAQwVP4gqiaTL9MA52UQZE17ErXoWogpTHxfp9KqG0Rbcj+gJX/yjjfJaNjfS0GiwqosGq',
    'cJ8/az8ODJueC5LNP+o28wbTAdBgNVHQ4EFgQU23Vz4/bM33rzZ/vxkst/4qTM3u0wHwYDVR0jBBgwFoAU23Vz4/bM',
    '33rzZ/vxkst/4qTM3u0wDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZIzj',
    '0EAwIDRwAwRAIgMzbPnuCdujuc9sooGZLmBii/fdGUIeAU29C9Ei66ddkCIFfWV6YPfvUBrIstiZ5kG5GkXy0J4ES0',
    'DNfRhzoKF0DE',
  ].join(''),
);

export const KEY: string = pem(
  'PRIVATE KEY',
  [
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMgUVkrXkx0IS0+TZG4tLDDH0KyJ9MLcq3bx5681XHJ',
    'ehRANCAAQwVP4gqiaTL9MA52UQZE17ErXoWogpTHxfp9KqG0Rbcj+gJX/yjjfJaNjfS0GiwqosGqcJ8/az8ODJueC5',
    'LNP+',
  ].join(''),
);

function pem(label: string, base64: string): string {
  return `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`;
}
