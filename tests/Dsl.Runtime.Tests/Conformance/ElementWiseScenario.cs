using System;

namespace Dsl.Runtime.Tests.Conformance;

internal sealed record UnaryScenario(Epilogue Function, int Batch, TensorLayout X, TensorLayout Y, TensorLayout Dy, TensorLayout Dx, bool InPlace, bool InPlaceBackward, bool Special) : Scenario
{
    private static readonly float[] SpecialValues = [0, -0f, 1e-8f, -1e-8f, 6.5f, 19.9f, 20.1f, 90, 100, -100, -90, 1e4f, -1e4f, 5e-20f, -5e-20f, 0.5f];

    public override double Allowed(double reference, double largest) => (2e-6 * Math.Abs(reference)) + 3e-7;

    public static UnaryScenario From(Draw draw)
    {
        int height = draw.Int(1, draw.Large ? 20 : 6);
        int width = draw.Int(1, draw.Large ? 20 : 6);
        int channels = draw.Large ? draw.Int(30, 100) : draw.Size(80);
        var function = draw.AnyEpilogue();
        if (draw.Smooth)
        {
            function = draw.Of(
                new Epilogue(UnaryFunction.GELU), new Epilogue(UnaryFunction.SiLU), new Epilogue(UnaryFunction.Softplus), new Epilogue(UnaryFunction.HardSwish),
                new Epilogue(UnaryFunction.Sigmoid), new Epilogue(UnaryFunction.Tanh), new Epilogue(UnaryFunction.ELU, 1));
        }

        return new UnaryScenario(
            function,
            draw.Large ? draw.Int(10, 30) : draw.Int(1, 4),
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            !draw.Smooth && draw.Chance(0.3),
            !draw.Smooth && draw.Chance(0.3),
            !draw.Smooth && draw.Chance(0.5));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        float[] values = stage.Values.Normal((int)(Batch * X.Count), 3);
        if (Special)
        {
            for (int i = 0; i < values.Length; i += 3)
                values[i] = SpecialValues[i / 3 % SpecialValues.Length];
        }

        var x = stage.Input("x", X, Batch, values, InPlace ? Role.Updated : Role.Input);
        var y = InPlace ? x : stage.Result("y", Y, Batch);
        stage.Call(() => TBackend.Unary(Function, x, y, Batch));

        stage.Agree(y);
        bool followsFromOutput = Function.FollowsFromOutput;
        if (InPlace && !followsFromOutput)
            return;
        var dy = stage.Input("dy", Dy, Batch, InPlaceBackward ? Role.Updated : Role.Input);
        var dx = InPlaceBackward ? dy : stage.Result("dx", Dx, Batch);
        stage.Call(() => TBackend.UnaryBackward(Function, followsFromOutput ? default : x, followsFromOutput ? y : default, dy, dx, Batch));
    }
}

internal enum Combination
{
    Add,
    Multiply,
    Accumulate,
    Copy,
}

internal sealed record CombinationScenario(Combination Kind, int Batch, TensorLayout A, TensorLayout B, TensorLayout Y, int InPlace) : Scenario
{
    public override double Allowed(double reference, double largest) => 1e-6 * Math.Abs(reference);

    public static CombinationScenario From(Draw draw)
    {
        int height = draw.Int(1, draw.Large ? 20 : 6);
        int width = draw.Int(1, draw.Large ? 20 : 6);
        int channels = draw.Large ? draw.Int(30, 100) : draw.Size(80);
        return new CombinationScenario(
            draw.Of(Enum.GetValues<Combination>()),
            draw.Large ? draw.Int(10, 30) : draw.Int(1, 4),
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            draw.Int(0, 4));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        bool binary = Kind is Combination.Add or Combination.Multiply;
        var a = stage.Input("a", A, Batch, binary && InPlace is 1 or 3 ? Role.Updated : Role.Input);
        var b = InPlace is 3 or 4 ? a : stage.Input("b", B, Batch, binary && InPlace == 2 ? Role.Updated : Role.Input);
        if (!binary)
        {
            var target = Kind == Combination.Copy ? stage.Result("y", Y, Batch) : stage.Input("y", Y, Batch, Role.Updated);
            stage.Call(() =>
            {
                if (Kind == Combination.Copy)
                    TBackend.Copy(a, target, Batch);
                else
                    TBackend.Accumulate(a, target, Batch);
            });
            return;
        }

        var y = InPlace switch { 1 or 3 => a, 2 => b, _ => stage.Result("y", Y, Batch) };
        stage.Call(() =>
        {
            if (Kind == Combination.Add)
                TBackend.Add(a, b, y, Batch);
            else
                TBackend.Multiply(a, b, y, Batch);
        });
    }
}

internal sealed record DropoutScenario(DropoutKey Key, float Probability, int Batch, TensorLayout X, TensorLayout Y, bool InPlace) : Scenario
{
    public override double Allowed(double reference, double largest) => 1e-6 * Math.Abs(reference);

    public static DropoutScenario From(Draw draw)
    {
        int height = draw.Int(1, draw.Large ? 20 : 6);
        int width = draw.Int(1, draw.Large ? 20 : 6);
        int channels = draw.Large ? draw.Int(30, 100) : draw.Size(80);
        return new DropoutScenario(
            new DropoutKey(((ulong)(uint)draw.SeedForValues() << 33) ^ (uint)draw.SeedForValues(), (uint)draw.Int(0, 100), draw.Int(0, 100000)),
            draw.Of(0f, 0.1f, 0.25f, 0.5f, 0.9f),
            draw.Large ? draw.Int(10, 30) : draw.Int(1, 5),
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            draw.Chance(0.3));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var key = Key;
        var x = stage.Input("x", X, Batch, InPlace ? Role.Updated : Role.Input);
        var y = InPlace ? x : stage.Result("y", Y, Batch);
        stage.Call(() => TBackend.Dropout(key, Probability, x, y, Batch));
    }
}
