using System;
using System.IO;
using System.Security.Cryptography;
using Dsl.Pipelines.Numerics;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>Hashes that need no OpenSSL are .NET's.</summary>
public sealed class Sha256Tests
{
    [Fact]
    public void Hashes_codes_and_stretched_keys_are_those_of_NET()
    {
        Random random = new(5);
        for (int length = 0; length < 300; length++)
        {
            byte[] bytes = new byte[length];
            byte[] key = new byte[random.Next(0, 150)];
            random.NextBytes(bytes);
            random.NextBytes(key);
            Assert.Equal(SHA256.HashData(bytes), Sha256.HashData(bytes));
            Assert.Equal(SHA256.HashData(bytes), Sha256.HashData(new MemoryStream(bytes)));
            byte[] code = new byte[Sha256.Size];
            Sha256.Hmac(key, bytes, code);
            Assert.Equal(HMACSHA256.HashData(key, bytes), code);
            int iterations = random.Next(1, 6);
            Assert.Equal(Rfc2898DeriveBytes.Pbkdf2(key, bytes, iterations, HashAlgorithmName.SHA256, 16), Sha256.Pbkdf2(key, bytes, iterations, 16));
        }
    }

    [Fact]
    public void However_bytes_are_parted_the_hash_is_the_same()
    {
        Random random = new(6);
        byte[] bytes = new byte[5000];
        random.NextBytes(bytes);
        for (int round = 0; round < 50; round++)
        {
            Sha256 hash = new();
            for (int at = 0; at < bytes.Length;)
            {
                int part = Math.Min(random.Next(0, 200), bytes.Length - at);
                hash.Append(bytes.AsSpan(at, part));
                at += part;
            }

            byte[] parted = new byte[Sha256.Size];
            hash.Finish(parted);
            Assert.Equal(SHA256.HashData(bytes), parted);
        }
    }
}
