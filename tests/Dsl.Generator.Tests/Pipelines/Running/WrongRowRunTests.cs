using System;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Rows that break what their type declares, or what the fitted rows had: one error, the same by row and in a batch.</summary>
public sealed class WrongRowRunTests
{
    private const string Source = """
        #nullable enable
        using System;
        using Dsl;
        public record Item(string Name, string[] Words, [VectorSize(2)] double[] Two, [VectorSize(2)] Vector Unread, double[]? Open, Vector Any, double Target);

        // Only methods read the row's texts and vectors.
        [Pipeline<Item>]
        [Where("Keep"), Map("Long", "Length"), Map("First", "One")]
        public partial class ByMethods
        {
            static bool Keep(string[] words) => words.Length < 9;
            static int Long(string name) => name.Length;
            static double First(double[] two) => two[0];
        }

        [Pipeline<Item>]
        [Mask("Name", "Hidden", Masking.Hash)]
        public partial class Masked;

        [Pipeline<Item>]
        [Map("Part", "Parts")]
        [VectorAssembler("All", "Open", "Any", "Parts", HandleInvalid = HandleInvalid.Keep)]
        public partial class Sized
        {
            static double[]? Part(double target) => target > 50 ? null : target > 40 ? [1] : [target, 1, 2];
        }

        // Nothing learns from these vectors, nor does a batch hold those of the row.
        [Pipeline<Item>]
        [Map("Pair", "Pairs"), Map("Total", "Sum")]
        public partial class Unlearnt
        {
            static double[] Pair(double target) => target > 40 ? [1] : [target, 1];
            static double Total(double[]? open, Vector any) => (open?.Length ?? 0) + any.Size;
        }

        [Pipeline<Item>]
        [VarianceThresholdSelector("Two", "Varied", VarianceThreshold = 1e9)]
        [LinearRegression("Varied", "Target")]
        public partial class Nothing;
        """;

    private const string Drive = """
        #nullable enable
        using System;
        using System.IO;
        using System.Linq;
        using Dsl;
        public static class Driver
        {
            private static readonly Item Good = new("abc", ["a", "b"], [1, 2], Vector.Dense(1, 2), [1, 2, 3], Vector.Sparse(4, [1], [2]), 1);
            private static readonly Item[] Rows = [.. Enumerable.Range(0, 30).Select(i => Good with { Target = i, Open = i % 3 == 0 ? null : [i, 2, 3] })];

            public static string[] Methods()
            {
                using ByMethods pipeline = ByMethods.Fit(Rows);
                return
                [
                    .. Wrong(pipeline, Good with { Name = null! }), .. Wrong(pipeline, Good with { Words = null! }), .. Wrong(pipeline, Good with { Two = null! }),
                    .. Wrong(pipeline, Good with { Two = [1] }), .. Wrong(pipeline, Good with { Unread = Vector.Dense(1, 2, 3) }),
                ];
            }

            public static string[] Masks()
            {
                using Masked pipeline = Masked.Fit(Rows, new PipelineOptions { MaskingKey = new byte[16] });
                return Wrong(pipeline, Good with { Name = null! });
            }

            public static string[] Sizes()
            {
                using Sized fitted = Sized.Fit(Rows);
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                try
                {
                    fitted.Save(folder);
                    using Sized pipeline = Sized.Load(folder);
                    Item none = Good with { Open = null, Target = 60 };
                    return
                    [
                        string.Join(" ", pipeline.Predict(none).All.ToArray()), string.Join(" ", pipeline.Transform([none]).Single().All.ToArray()),
                        .. Wrong(pipeline, Good with { Open = [1] }), .. Wrong(pipeline, Good with { Any = default }), .. Wrong(pipeline, Good with { Target = 45 }),
                    ];
                }
                finally
                {
                    Directory.Delete(folder, true);
                }
            }

            public static string[] UnlearntSizes()
            {
                using Unlearnt fitted = Unlearnt.Fit(Rows);
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                try
                {
                    fitted.Save(folder);
                    using Unlearnt pipeline = Unlearnt.Load(folder);
                    string[] wrong = [.. Wrong(pipeline, Good with { Target = 45 }), .. Wrong(pipeline, Good with { Open = [1] }), .. Wrong(pipeline, Good with { Any = Vector.Dense(1, 2) })];

                    // As a version wrote it that did not keep sizes.
                    string file = Path.Combine(folder, "metadata.json");
                    string text = System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(file), "\"(Pairs|Open|Any)\\.Size\": [0-9]+,?", "");
                    int digest = text.IndexOf("\"digest\": \"") + 11;
                    string zeros = text[..digest] + new string('0', 64) + text[(digest + 64)..];
                    string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(zeros)));
                    File.WriteAllText(file, text[..digest] + hash + text[(digest + 64)..]);
                    try
                    {
                        Unlearnt.Load(folder);
                        return [.. wrong, "loaded"];
                    }
                    catch (InvalidDataException error)
                    {
                        return [.. wrong, error.Message.Replace(folder, "F")];
                    }
                }
                finally
                {
                    Directory.Delete(folder, true);
                }
            }

            public static string Empty() => Refused(() => Nothing.Fit(Rows).Dispose());

            private static string[] Wrong<T>(IPipeline<Item, T> pipeline, Item row)
                where T : class => [Refused(() => pipeline.Predict(row)), Refused(() => pipeline.Transform([row]).Count()), Refused(() => pipeline.Transform([Good, row, Good]).Count())];

            private static string Refused(Action call)
            {
                try
                {
                    call();
                    return "taken";
                }
                catch (PipelineException error)
                {
                    return error.Message.Split(": write")[0];
                }
            }
        }
        """;

    private static readonly Lazy<Type> Driver = new(() => Fitted.Driver(Source, Drive));

    [Fact]
    public void What_only_methods_read_or_nobody_is_held_to_its_declaration() => Assert.Equal(
        [
            .. Alike("Name is null, and its declaration says that it cannot be"),
            .. Alike("Words is null, and its declaration says that it cannot be"),
            .. Alike("Two is null, and its declaration says that it cannot be"),
            .. Alike("Two has 1 elements, and wanted are 2"),
            .. Alike("Unread has 3 elements, and wanted are 2"),
        ],
        Call<string[]>("Methods"));

    [Fact]
    public void A_text_that_is_masked_is_held_to_its_declaration() => Assert.Equal(Alike("Name is null, and its declaration says that it cannot be"), Call<string[]>("Masks"));

    [Fact]
    public void A_size_that_nothing_declares_is_that_of_the_fitted_rows() => Assert.Equal(
        [
            "NaN NaN NaN 0 2 0 0 NaN NaN NaN", "NaN NaN NaN 0 2 0 0 NaN NaN NaN",
            .. Alike("Open has 1 elements, and wanted are 3"), .. Alike("Any has 0 elements, and wanted are 4"), .. Alike("Parts has 1 elements, and wanted are 3"),
        ],
        Call<string[]>("Sizes"));

    [Fact]
    public void So_is_one_that_nothing_learns_from_and_a_folder_without_it_is_refused() => Assert.Equal(
        [
            .. Alike("Pairs has 1 elements, and wanted are 2"), .. Alike("Open has 1 elements, and wanted are 3"), .. Alike("Any has 2 elements, and wanted are 4"),
            "F: metadata.json has no Open.Size, the elements of the vectors that it was fitted on: an earlier version wrote it; fit and save anew.",
        ],
        Call<string[]>("UnlearntSizes"));

    [Fact]
    public void Vectors_without_elements_are_nothing_to_learn_from() =>
        Assert.Equal("LinearRegression1 has nothing to learn from: the vectors of Varied have no elements", Call<string>("Empty"));

    private static string[] Alike(string message) => [message, "Row 0: " + message, "Row 1: " + message];

    private static T Call<T>(string method) => (T)Driver.Value.GetMethod(method)!.Invoke(null, [])!;
}
