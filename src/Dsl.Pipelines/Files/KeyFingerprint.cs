using System;
using System.Security.Cryptography;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Files;

/// <summary>What a file says of a key that it must not hold: enough to know another one, and slow to guess from.</summary>
/// <param name="Salt">Drawn anew for every file, hexadecimal.</param>
/// <param name="Hash">PBKDF2 of the key, hexadecimal.</param>
internal sealed record KeyFingerprint(string Salt, string Hash)
{
    private const int Bytes = 16;
    private const int Iterations = 100_000;

    /// <summary>The fingerprint of a key, with a new salt.</summary>
    public static KeyFingerprint Of(byte[] key) => Of(key, RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a key is the one.</summary>
    public bool Fits(byte[] key) => CryptographicOperations.FixedTimeEquals(Convert.FromHexString(Hash), Convert.FromHexString(Of(key, Convert.FromHexString(Salt)).Hash));

    private static KeyFingerprint Of(byte[] key, byte[] salt) =>
        new(Convert.ToHexStringLower(salt), Convert.ToHexStringLower(Sha256.Pbkdf2(key, salt, Iterations, Bytes)));
}
