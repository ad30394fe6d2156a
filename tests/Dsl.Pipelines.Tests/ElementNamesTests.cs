using Dsl.Pipelines.Columns;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>What elements of vectors are called, and which are class numbers.</summary>
public sealed class ElementNamesTests
{
    [Fact]
    public void Names_of_elements_come_back_from_a_file()
    {
        ElementNames all = new([
            new ElementRun("Bill", 1, false), new ElementRun("Island", 3, true, Labels: ["Biscoe", "Dream", "Torgersen"]), new ElementRun("Kind", 1, false, Categories: 4), new ElementRun("S", 5, true, First: 2)]);
        foreach (ElementNames names in new[] { all, all.Select([6, 2, 0, 4]), all.AsNumbers() })
        {
            StageWriter writer = new("L");
            names.Write(writer);
            ElementNames read = ElementNames.Read(new StageReader(writer), names.Size);
            for (int i = 0; i < names.Size; i++)
            {
                Assert.Equal(names[i], read[i]);
                Assert.Equal(names.CategoriesOf(i), read.CategoriesOf(i));
            }
        }
    }
}
