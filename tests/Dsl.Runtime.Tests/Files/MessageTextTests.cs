using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Runtime.Tests;

/// <summary>What messages make of text that somebody else wrote into a file.</summary>
public sealed class MessageTextTests : IDisposable
{
    private const int Bound = 2000;

    /// <summary>What a terminal, a log or a reader could take for something else.</summary>
    private static readonly string[] Bad =
        ["\u001b[2J", "\n", "\r", "\0", "\u007f", "\u009b", "\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "\U000e0041", "'", "é", "名", "\U0001F600", "\\", new string('x', 300)];

    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-messages").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Bounded, and nothing in it that is no plain text.</summary>
    internal static void CheckPlain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            Assert.InRange(error.Message.Length, 1, Bound);
            foreach (Rune rune in error.Message.EnumerateRunes())
                Assert.False(rune != Rune.ReplacementChar && MustBeEscaped(rune), $"U+{rune.Value:X} stands in a message");
            for (int i = 0; i < error.Message.Length; i++)
            {
                if (char.IsSurrogate(error.Message[i]))
                    Assert.True(char.IsSurrogatePair(error.Message, i++), "half a surrogate pair stands in a message");
            }
        }
    }

    private static bool MustBeEscaped(Rune rune) => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control
        or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
        or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.Surrogate;

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static void CheckRead(string header, Func<string, string?>? map = null, string? prefix = null)
    {
        byte[] file = SafetensorsTests.FileOf(header, 0, 0, 0, 0);
        CheckPlain(Assert.Throws<SafetensorsException>(() => Safetensors.Read(file, [SafetensorsTests.Tensor("a", 1)], prefix, map)));
    }

    [Fact]
    public void Every_quoted_text_of_a_header_is_plain_and_bounded()
    {
        foreach (string bad in Bad.Append(new string('\u001b', 20_000_000 / 6)))
        {
            string name = Json("n" + bad);
            const string Good = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
            CheckRead($"{{{name}:{Good}}}");
            CheckRead($"{{{name}:{Good}}}", map: text => text + bad);
            CheckRead($"{{{name}:4}}");
            CheckRead($"{{{name}:{{}}}}");
            CheckRead($"{{{name}:{{\"dtype\":4}}}}");
            CheckRead($"{{{name}:{{\"shape\":4}}}}");
            CheckRead($"{{{name}:{{\"shape\":[-1]}}}}");
            CheckRead($"{{{name}:{{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9]}}}}");
            CheckRead($"{{{name}:{{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}}}");
            CheckRead($"{{{name}:{{\"dtype\":{name},\"shape\":[1],\"data_offsets\":[0,4]}}}}");
            CheckRead($"{{{name}:{{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[2,4]}}}}");
            CheckRead($"{{{name}:{{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}}}");
            CheckRead($"{{{name}:{Good},\"b\":{{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[2,4]}}}}");
            CheckRead($"{{{name}:{Good},{name}:{Good}}}");
            CheckRead($"{{{name}:{{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[0,0]}},\"b\":{Good}}}", map: text => text == "b" ? null : "a");
            CheckRead($"{{{name}:{Good},\"b\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]}}}}", map: _ => "a");
            CheckRead($"{{\"__metadata__\":{{{name}:1}}}}");
            CheckRead($"{{\"__metadata__\":{{{name}:\"\",{name}:\"\"}}}}");
            CheckRead("{" + bad);
            CheckRead("{\"a\":t" + bad + new string('e', 5000));
            CheckRead("{\"a\":" + bad);
        }
    }

    [Fact]
    public void Long_lists_are_cut_short()
    {
        CheckRead("{" + string.Join(",", Enumerable.Range(0, 50_000).Select(i => $"\"name{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")) + "}");
        CheckRead($"{{\"a\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', Enumerable.Repeat(9, 100_000))}],\"data_offsets\":[0,4]}}}}");
        CheckRead($"{{\"a\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', Enumerable.Repeat(1, 100_000))}],\"data_offsets\":[0,4]}}}}");
        INamedTensor[] many = [.. Enumerable.Range(0, 500).Select(i => SafetensorsTests.Tensor("wanted" + i + new string('w', 300), 1))];
        CheckPlain(Assert.Throws<SafetensorsException>(() => Safetensors.Read(SafetensorsTests.Bytes([]), many)));
    }

    [Fact]
    public void Every_metadata_text_of_a_checkpoint_is_plain_and_bounded()
    {
        string path = Path.Combine(_folder, "checkpoint");
        SoftmaxRegression network = new();
        Trainer.Fit(network, SoftmaxRegression.Data(8), new FitOptions { Epochs = 1, CheckpointPath = path }, null, default);
        Dictionary<string, string> good = new(Safetensors.ReadHeader(path).Metadata);
        INamedTensor[] tensors = CheckpointDamageTests.TensorsOf(path);
        Gen<string> text = Gen.ListOf(Gen.Elements(Bad), 3).Select(string.Concat);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(text.Zip(Gen.Elements(good.Keys.ToArray()))), change =>
        {
            Safetensors.Write(path, tensors, new Dictionary<string, string>(good) { [change.Item2] = change.Item1 });
            CheckPlain(Record.Exception(() => Checkpoint.Load(path, network)));
            CheckPlain(Record.Exception(
                () => Trainer.Fit(network, SoftmaxRegression.Data(8), new FitOptions { Epochs = 1, ResumeFrom = path }, null, default)));
        }));
    }
}
