using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Runtime.Tests;

/// <summary>Whatever bytes come in: the right values, or one <see cref="SafetensorsException"/>, at the price of the file's own size.</summary>
public class SafetensorsFuzzTests
{
    /// <summary>What an exception with its stack trace and the header's objects may take beside the file's size.</summary>
    private const long AllocationAllowance = 32_768;

    private static readonly string[] Fragments =
        ["{", "}", "[", "]", ",", ":", "\"", "-1", "0", "9223372036854775808", "1e400", "\"dtype\"", "\"a\"", "\\ud800", "null", "\"__metadata__\"", "4", "\u0000", "F16"];

    private static ArrayTensor[] Wanted() => [new("a.weight", [2, 3], new float[6]), new("b", [], new float[1]), new("c", [0], [])];

    private static void CheckRead(byte[] file)
    {
        ArrayTensor[] tensors = Wanted();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool failed = false;
        try
        {
            Safetensors.Read(file, tensors);
        }
        catch (SafetensorsException e)
        {
            failed = true;
            Assert.NotEmpty(e.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocationAllowance + (8 * file.Length));
        if (failed)
            Assert.All(tensors, tensor => Assert.All(tensor.Values.ToArray(), value => Assert.Equal(0, value)));
    }

    [Fact]
    public void Random_bytes() => Prop.ForAll<byte[]>(CheckRead).QuickCheckThrowOnFailure();

    [Fact]
    public void Damaged_files()
    {
        byte[] good = SafetensorsTests.Bytes(
            [SafetensorsTests.Tensor("a.weight", 2, 3), SafetensorsTests.Tensor("b"), SafetensorsTests.Tensor("c", 0)],
            new Dictionary<string, string> { ["format"] = "pt" });
        int header = BitConverter.ToInt32(good);
        Gen<Func<List<byte>, List<byte>>> change = Gen.OneOf(
            from place in Gen.Choose(0, good.Length) from value in Gen.Choose(0, 255) select Edit(bytes => bytes[place % bytes.Count] = (byte)value),
            from place in Gen.Choose(0, good.Length) select Edit(bytes => bytes.RemoveRange(place % bytes.Count, bytes.Count - (place % bytes.Count))),
            from place in Gen.Choose(8, header) from count in Gen.Choose(1, 9) select Edit(bytes => bytes.RemoveRange(Math.Min(place, bytes.Count), Math.Max(0, Math.Min(count, bytes.Count - place)))),
            from place in Gen.Choose(8, header) from text in Gen.Elements(Fragments) select Edit(bytes => bytes.InsertRange(Math.Min(place, bytes.Count), text.Select(c => (byte)c))));
        Gen<byte[]> file = from changes in Gen.Choose(1, 3).SelectMany(count => Gen.ListOf(change, count))
                           from keepLength in Gen.Choose(0, 3)
                           select Damage(good, changes, correctLength: keepLength > 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Arb.From(file), CheckRead));
    }

    [Fact]
    public void Round_trips()
    {
        Gen<int[]> shape = Gen.Choose(0, 4).SelectMany(rank => Gen.ArrayOf(Gen.Choose(0, 4), rank));
        Gen<string> name = ArbMap.Default.GeneratorFor<string>().Where(text => text is not null && text != "__metadata__" && IsText(text));
        Gen<INamedTensor> tensor = from n in name
                                   from s in shape
                                   from v in Gen.ArrayOf(ArbMap.Default.GeneratorFor<float>(), s.Aggregate(1, (a, b) => a * b))
                                   select (INamedTensor)new ArrayTensor("t" + n, s, v);
        Gen<INamedTensor[]> tensors = Gen.ArrayOf(tensor).Select(all => all.DistinctBy(t => t.Name).ToArray());
        Prop.ForAll(Arb.From(tensors), written =>
        {
            ArrayTensor[] read = [.. written.Reverse().Select(t => new ArrayTensor(t.Name, t.Shape, new float[t.Values.Length]))];
            Safetensors.Read(SafetensorsTests.Bytes(written), read);
            foreach ((INamedTensor expected, ArrayTensor actual) in written.Zip(read.Reverse()))
                Assert.Equal(expected.Values.ToArray().Select(BitConverter.SingleToUInt32Bits), actual.Values.ToArray().Select(BitConverter.SingleToUInt32Bits));
        }).QuickCheckThrowOnFailure();
    }

    private static bool IsText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
                return false;
        }

        return !text.EndsWith("num_batches_tracked", StringComparison.Ordinal);
    }

    private static Func<List<byte>, List<byte>> Edit(Action<List<byte>> edit) => bytes =>
    {
        if (bytes.Count > 0)
            edit(bytes);
        return bytes;
    };

    private static byte[] Damage(byte[] good, IEnumerable<Func<List<byte>, List<byte>>> changes, bool correctLength)
    {
        List<byte> bytes = changes.Aggregate(good.ToList(), (current, change) => change(current));
        byte[] file = [.. bytes];

        // Mostly the length is mended, so that the damage reaches the header's reader.
        if (correctLength && file.Length >= 8)
            BitConverter.TryWriteBytes(file, BitConverter.ToInt64(good) + file.Length - good.Length);
        return file;
    }
}
